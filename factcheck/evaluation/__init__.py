"""Measuring the tool on labelled data: readers of data sets, tasks, metrics, and how they are told."""
