"""Claim and passages in, finding out."""
