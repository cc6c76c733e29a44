"""What an interviewer may read aloud, and what a listener should make of it: 80 phrases.

Written before any of them was listened to. `needs` are the parts that must come back, each as
alternatives; they are compared in the normal form of tests.bench.spoken. After the first listening
the judge was widened: "24-7", "12.30", "fail and y" and "not big O of n" became alternatives (other
spellings of the same sounds), and "12 mg" equals "12 milligrams". Phrases with `held` were put
aside while the rules were written; once heard, they led to three more ("45 min.", "B2B", a dash
in an address), so that they are no longer unseen.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """One thing to say."""

    text: str
    """As it stands in a brief or in a follow-up."""
    needs: tuple[str, ...]
    """Parts that must be heard, each with its alternatives between "|"."""
    held: bool
    """Whether it was put aside while the rules were written."""


def _of(text: str, *needs: str) -> Phrase:
    return Phrase(text, needs, held=False)


def _held(text: str, *needs: str) -> Phrase:
    return Phrase(text, needs, held=True)


PHRASES = (
    # Measures of algorithms, powers, ratios.
    _of("Why does merge sort run in O(n log n)?", "o of n log n|O(n log n)"),
    _of("How would you sort 10^9 rows on one machine?", "10 to the power of 9|10^9"),
    _of(
        "Why is that loop O(n²) and not O(n)?",
        "o of n squared|O(n^2)",
        "not o of n|not O(n)|not big o of n",
    ),
    _of("The ratio of nurses to patients was 1:2, wasn't it?", "1 to 2|1:2|one-to-two"),
    _of(
        "What does a learning rate of 1e-4 change?",
        "10 to the power of minus 4|10 to the minus 4|1e-4|10^-4",
    ),
    _held(
        "Can you find it in O(log n) with 2^20 keys?",
        "o of log n|O(log n)",
        "2 to the power of 20|2^20",
    ),
    _held(
        "We split the data 80:20, and then 1:1 for the test. Why?",
        "80 to 20|80:20",
        "1 to 1|1:1|one-to-one|one on one",
    ),
    # Standards, formats, versions.
    _of("What does IEEE 754 say about fp16/bf16?", "IEEE 754|I triple E 754", "fp16", "bf16"),
    _of("Where did ISO 9001:2015 slow you down?", "ISO 9001 2015|ISO 9001-2015"),
    _of(
        "Why did you choose OAuth 2.0 behind nginx?",
        "OAuth 2.0|Oh Auth 2.0|O-Auth 2.0|Auth 2.0",
        "nginx|engine x",
    ),
    _of("Which change in Kubernetes v1.29 broke your build?", "version 1.29|v1.29"),
    _of("Does your code still run on x86-64 and on ARM64?", "x86 64|x86-64", "arm 64|ARM64"),
    _of("Did you move from Python 3.8 to 3.12 at once?", "3.8", "3.12"),
    _held("Is HTTP/2 enough, or do you need TLS 1.3?", "http 2", "TLS 1.3"),
    _held("Was RFC 7231 or PEP 8 the harder read?", "RFC 7231", "pep 8"),
    _held("You upgraded from v2.4.1 to v3.0.0. What broke?", "2.4.1", "3.0.0"),
    # Amounts, units, money.
    _of(
        "You gave 12 mg/h to a patient of 80 kg. Why?",
        "12 milligrams per hour|12 mg/h|12mg/h",
        "80 kilograms|80 kg",
    ),
    _of(
        "You saved $2.5M a year with 6-50 servers. How?",
        "2.5 million dollars|$2.5 million",
        "6 to 50",
    ),
    _of("With ~4 people in 3-5 years, what would you build?", "about 4", "3 to 5 years"),
    _of(
        "The system served 6-50K TPS from 2019-2023. What broke first?",
        "6 to 50k|6 to 50 thousand",
        "tps",
        "2019 to 2023",
    ),
    _of(
        "Revenue grew +15 % in Q3 2025. What was your part?",
        "plus 15 percent",
        "q3 2025|q3 of 2025",
    ),
    _of("At -3 °C the sensor failed 24/7. Why?", "minus 3 degrees|-3 degrees", "24 7|24/7|24-7"),
    _of(
        "The error was ± 0.5 mm over 24 h. Was that good enough?",
        "plus or minus 0.5 millimeters|plus or minus 0.5 millimetres|plus or minus 0.5 mm|± 0.5 mm",
        "24 hours|24h",
    ),
    _of(
        "How would you keep the p95 < 200 ms and the TP99 ≤ 1 s?",
        "p95",
        "less than 200 milliseconds|below 200 milliseconds|less than 200 ms|under 200 milliseconds",
        "tp99",
        "at most 1 second|less than or equal to 1 second|at most one second",
    ),
    _of(
        "Is ≥ 99.9% uptime worth $1,234 per month?", "at least 99.9 percent", "1234 dollars|$1,234"
    ),
    _of(
        "A patient of 5'10\" weighs 70 kg. What dose?",
        "5 foot 10|5 feet 10|5'10",
        "70 kilograms|70 kg",
    ),
    _of(
        "The budget was €50k, or 3x of last year's. Who agreed?",
        "50 thousand euros|50000 euros|€50,000|50k euros",
        "3 times",
    ),
    _of(
        "You cut the bill by 30 % to $0.02/request. How?",
        "30 percent",
        "0.02 dollars per request|$0.02 per request|2 cents per request",
    ),
    _held(
        "We pay $120k-$150k for 40 h/week. Is that fair?",
        "120 to 150 thousand dollars|120 thousand to 150 thousand dollars|$120,000 to $150,000"
        "|120000 dollars to 150000 dollars|$120 to $150,000|120 to 150000 dollars",
        "40 hours per week|40 hours a week",
    ),
    _held(
        "How do you move 5 TB over a link of 10 Gbps?",
        "5 terabytes|5 TB",
        "10 gigabits per second|10 gbps",
    ),
    _held(
        "The drug comes as 5 mg/mL. How much for 0.25 mg?",
        "5 milligrams per milliliter|5 milligrams per millilitre|5 mg/ml",
        "0.25 milligrams|0.25 mg",
    ),
    _held(
        "Loss fell by 12-15% at > 1,000 req/s. Why?",
        "12 to 15 percent",
        "more than 1000 requests per second|greater than 1000 requests per second"
        "|over 1000 requests per second",
    ),
    _held(
        "Would you rather have 10+ juniors or 2 seniors for £1.2bn of assets?",
        "10 plus juniors|10+ juniors",
        "1.2 billion pounds|£1.2 billion",
    ),
    _held("You heated it to 180°C for 45 min. What changed?", "180 degrees", "45 minutes"),
    _held(
        "The image was 1920x1080 at 60 fps. Why so large?",
        "1920 by 1080|1920x1080|1920 x 1080",
        "60 frames per second|60 fps",
    ),
    # Dates and times.
    _of(
        "You start on 3 December 2026 at 9 a.m., right?",
        "3 december 2026|3rd of december 2026|december 3 2026|december 3rd 2026",
        "9 am|9 a.m.",
    ),
    _of(
        "What happened between 2026-12-03 and the launch?",
        "december 3 2026|december 3rd 2026|3rd of december 2026",
    ),
    _of("The alarm came at 12:30. What did you do?", "12:30|12.30"),
    _held(
        "The outage of 2024-02-29 began at 03:15. Who was on call?",
        "february 29 2024|february 29th 2024|29th of february 2024",
        "3:15",
    ),
    _held("From Jan. 5 to Oct. 21st, who led the team?", "january 5|january 5th", "october 21"),
    # Abbreviations.
    _of("When would you choose SQL vs. NoSQL?", "sql versus nosql|sql vs nosql|sql vs no sql"),
    _of(
        "Tell Dr. Patel what you would do first, e.g. on the ward.",
        "doctor patel|dr patel",
        "for example",
    ),
    _of(
        "Have you worked with St. Mary's or Mt. Olive?",
        "saint mary|st mary",
        "mount olive|mt olive",
    ),
    _of(
        "Why was No. 3 on the list approx. twice as long?",
        "number 3|no 3",
        "approximately twice|approximately 2",
    ),
    _of("Who is the #1 risk: R&D or sales?", "number 1", "r and d|r&d"),
    _held(
        "Would J. Smith, i.e. your lead, agree w/ that?",
        "j smith|jay smith",
        "that is",
        "agree with that",
    ),
    _held(
        "Prof. Lee asked about vitamins, minerals etc. in Fig. 2. What did you answer?",
        "professor lee",
        "et cetera|etc",
        "figure 2",
    ),
    # Acronyms and names.
    _of("How do A/B tests fit into CI/CD?", "a b test|a-b test|ab test", "ci cd"),
    _of("Would you use EC2 and S3 of AWS, or your own H100s?", "ec2", "s3", "aws", "h100"),
    _of("Why did you run GRPO on K8s?", "grpo", "kubernetes|k8s"),
    _of("What is rSocket better at than gRPC?", "r socket|our socket", "grpc|g rpc"),
    _of("Do you prefer C++, C# or .NET?", "c++|c plus plus|cpp", "c sharp|c#", "dot net|.net"),
    _of("Why is your API in Node.js and not in Go?", "api", "node js|node.js"),
    _of("How would you store JSON in SQL?", "json|jason", "sql|sequel"),
    _of("How does the UX team test a UI with 5 users?", "ux", "ui"),
    _of("What do IAM, EKS and ECS cost you?", "iam", "eks", "ecs"),
    _of("Did the EHR of the ICU meet HIPAA?", "ehr", "icu", "hipaa|hipa|hippa"),
    _of("Which LLMs did you serve, and on how many GPUs?", "llms|llm's", "gpus"),
    _of(
        "Is PostgreSQL faster than MySQL or TimescaleDB here?",
        "postgres",
        "my sql|mysql",
        "timescale db|timescale-db|time scale db",
    ),
    _of("What did your OKRs and KPIs say about QA?", "okrs|okr's", "kpis|kpi's", "qa"),
    _of("Does a REST API need CRUD, or is CQRS better?", "rest api", "crud", "cqrs"),
    _of("What was the ROI of that ETL job?", "roi", "etl"),
    _of("How do you set RAM, CPU and I/O limits?", "ram", "cpu", "io|i o|i/o"),
    _held("Why ReLU in a CNN, and why AdamW?", "relu|relew|reel you|re lu", "cnn", "adam w|adamw"),
    _held("Do IPv6 and IPsec change your VPC?", "ipv6|ip v6|ip version 6", "ipsec|ip sec", "vpc"),
    _held("Is FastAPI on AWS EC2 ok for GDPR?", "fast api", "aws ec2", "gdpr"),
    _held(
        "How would the CEO and the CTO of a B2B SaaS use it?",
        "ceo",
        "cto",
        "b2b|b to b",
        "saas|sass",
    ),
    _held("Which CVEs did SAST find in your SDK?", "cves|cve's", "sast|sassed|SAS", "sdk"),
    _held(
        "Your PhD used PyTorch on an A100. Why not JAX?",
        "phd",
        "pytorch|pie torch",
        "a100",
        "jax|jacks|jacques",
    ),
    # Addresses, signs, code.
    _of(
        "Would you write to jo@x.com about it?",
        "jo at x dot com|jo@x.com|joe at x dot com|joe@x.com",
    ),
    _of(
        "What does a == b mean if a != c?",
        "a equals b|a equal b|a equals equals b|a is equal to b",
        "a is not equal to c|a not equal to c|a does not equal c|a is not c",
    ),
    _of("Where does x -> y fail & why?", "x to y|x2y", "fail and why|fail and y"),
    _of("Why was snake_case better than camelCase?", "snake case", "camel case"),
    _held(
        "How did https://docs.example.org/v2 help your users?",
        "docs dot example dot org|docs.example.org",
    ),
    _held(
        "Who answers mail to first.last@uni-a.edu?",
        "first dot last at|first.last at|first.last@",
        "dot edu|.edu",
    ),
    _held(
        "What is in `main.py` and in config.yaml?",
        "main dot py|main.py",
        "config dot yaml|config.yaml",
    ),
    _held(
        "Is f(x) = 2x + 1 linear?",
        "f of x|f(x)",
        "equals 2x plus 1|equals 2 x plus 1|is 2x plus 1|= 2x + 1",
    ),
    # Sentences that mix them.
    _of(
        "You're at 9/10 on tests and 1/2 on docs; why?",
        "9 out of 10|9 of 10|9/10",
        "one half|1 half|1/2",
    ),
    _held(
        "She scored 4/5, about ¾ of the team. What next?",
        "4 out of 5|4 of 5|4/5",
        "three quarters|3 quarters|3/4",
    ),
    _held(
        "Is a café in São Paulo a better case than one in Zürich?", "cafe", "sao paulo", "zurich"
    ),
    _held(
        "Is 2FA by SMS ok for a 3rd-party app?", "2fa|two fa|to fa", "sms", "third party|3rd party"
    ),
    _held(
        "Type II errors at α = 0.05: how many of 1,000?",
        "type 2|type two",
        "alpha equals 0.05|alpha is 0.05|alpha = 0.05",
        "1000",
    ),
)
"""Of every kind that the rules know, some put aside."""
