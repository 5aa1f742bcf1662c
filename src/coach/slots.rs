//! Slots: from `{due.callback}` in a line to what is said, or to an honest gap.
