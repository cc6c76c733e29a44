"""Where sound comes from and goes to: a real device, a simulated room with recorded answers."""
