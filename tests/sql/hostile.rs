//! Names that are made to end what they stand in.
