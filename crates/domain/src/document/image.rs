//! Where a picture ends, followed from part to part while its bytes stream by.
//!
//! Telephones write their own data after the end of a picture (a depth map, a short film): that a file goes on after it
//! is no reason to say that its end is missing, and its last bytes do not tell.

/// A picture being followed to its end.
#[derive(Debug, Default)]
pub(super) enum Image {
    /// No byte was seen.
    #[default]
    Debut,
    /// A JPEG, where `reste` bytes are to be passed over before `ensuite`.
    Jpeg { reste: usize, ensuite: Jpeg },
    /// A PNG, where `reste` bytes are to be passed over before the head of a chunk, of which `tete` was read.
    Png { reste: usize, tete: Vec<u8> },
    /// The last chunk of a PNG, of which `reste` bytes are to come.
    Fin { reste: usize },
    /// Its end was met.
    Finie,
    /// Not a picture that is followed here.
    Autre,
}

/// What comes next in a JPEG (ITU-T T.81, annex B).
#[derive(Debug, Clone, Copy)]
pub(super) enum Jpeg {
    /// The mark of a segment; `lues` is whether picture data came before.
    Marque { lues: bool },
    /// Its code.
    Code { lues: bool },
    /// Its length, of which one byte was read or none, then the segment, then picture data or another mark.
    Longueur { premier: Option<u8>, donnees: bool, lues: bool },
    /// Picture data.
    Donnees,
    /// Picture data, or the code of a segment.
    DansDonnees,
}

impl Image {
    /// Sees the next bytes; the first time, those of the signature at least.
    pub(super) fn voir(&mut self, mut octets: &[u8]) {
        if matches!(self, Self::Debut) {
            *self = match octets.first() {
                None => return,
                // The signature itself is judged elsewhere.
                Some(0xff) => Self::Jpeg { reste: 2, ensuite: Jpeg::Marque { lues: false } },
                Some(0x89) => Self::Png { reste: 8, tete: Vec::with_capacity(8) },
                Some(_) => Self::Autre,
            };
        }
        while !octets.is_empty() {
            match self {
                Self::Jpeg { reste, .. } | Self::Png { reste, .. } if *reste > 0 => {
                    let passes = octets.len().min(*reste);
                    *reste -= passes;
                    octets = &octets[passes..];
                }
                Self::Fin { reste } if octets.len() >= *reste => *self = Self::Finie,
                Self::Fin { reste } => {
                    *reste -= octets.len();
                    return;
                }
                Self::Jpeg { ensuite: Jpeg::Donnees, .. } => match octets.iter().position(|o| *o == 0xff) {
                    Some(place) => {
                        *self = Self::Jpeg { reste: 0, ensuite: Jpeg::DansDonnees };
                        octets = &octets[place + 1..];
                    }
                    None => return,
                },
                Self::Jpeg { ensuite, .. } => {
                    *self = ensuite.suivant(octets[0]);
                    octets = &octets[1..];
                }
                Self::Png { reste, tete } => {
                    tete.push(octets[0]);
                    octets = &octets[1..];
                    if let [a, b, c, d, nature @ ..] = tete.as_slice()
                        && nature.len() == 4
                    {
                        // With its checksum.
                        let taille = u32::from_be_bytes([*a, *b, *c, *d]);
                        match usize::try_from(taille).ok().and_then(|t| t.checked_add(4)) {
                            Some(suite) if nature == b"IEND" => *self = Self::Fin { reste: suite },
                            Some(suite) => {
                                *reste = suite;
                                tete.clear();
                            }
                            None => *self = Self::Autre,
                        }
                    }
                }
                Self::Debut | Self::Finie | Self::Autre => return,
            }
        }
    }

    /// Whether the end of the picture was met.
    pub(super) const fn finie(&self) -> bool {
        matches!(self, Self::Finie)
    }
}

impl Jpeg {
    fn suivant(self, octet: u8) -> Image {
        let jpeg = |reste, ensuite| Image::Jpeg { reste, ensuite };
        let segment = |donnees, lues| jpeg(0, Self::Longueur { premier: None, donnees, lues });
        match (self, octet) {
            (Self::Donnees, _) | (Self::DansDonnees, 0x00 | 0xd0..=0xd7) => jpeg(0, Self::Donnees),
            (Self::Marque { lues } | Self::Code { lues }, 0xff) => jpeg(0, Self::Code { lues }),
            (Self::DansDonnees, 0xff) => jpeg(0, Self::DansDonnees),
            // The end, once there was a picture.
            (Self::Code { lues: true } | Self::DansDonnees, 0xd9) => Image::Finie,
            (Self::Code { lues }, 0x01 | 0xd0..=0xd7) => jpeg(0, Self::Marque { lues }),
            (Self::Marque { .. }, _) | (Self::Code { .. }, 0x00 | 0xd8 | 0xd9) => Image::Autre,
            (Self::Code { .. } | Self::DansDonnees, 0xda) => segment(true, true),
            (Self::Code { lues }, _) => segment(false, lues),
            (Self::DansDonnees, _) => segment(false, true),
            (Self::Longueur { premier: None, donnees, lues }, _) => {
                jpeg(0, Self::Longueur { premier: Some(octet), donnees, lues })
            }
            (Self::Longueur { premier: Some(premier), donnees, lues }, _) => {
                let ensuite = if donnees { Self::Donnees } else { Self::Marque { lues } };
                match usize::from(u16::from_be_bytes([premier, octet])).checked_sub(2) {
                    Some(reste) => jpeg(reste, ensuite),
                    None => Image::Autre,
                }
            }
        }
    }
}
