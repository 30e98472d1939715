"""Traffic taken elsewhere: commands that send a request again, HAR files, and what is masked."""
