"""A brief written from a job posting and a resume, in which nothing is invented."""
