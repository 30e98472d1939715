"""What a refused request was nearly right about, where only the check itself can tell.

Each function looks at something that is not kept (a secret, a code, a password) and answers in
words that hold nothing of it. They run after a check has failed and decide nothing.
"""
