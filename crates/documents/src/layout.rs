//! Every measure of the legal layout, once, with its unit and source.
