"""What is filled in on a screen. The logic knows no terminal; only the modules named `…_screen` load the prompt library, when they are used."""
