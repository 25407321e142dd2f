namespace Sluice.Configuration.Streaming;

/// <summary>What an update builds on.</summary>
public enum UpdateBase
{
    /// <summary>Nothing: it holds the whole configuration.</summary>
    Nothing,

    /// <summary>The version that the receiver got before.</summary>
    Version,

    /// <summary>The configuration whose digest the receiver has sent: nothing is left to say but its version.</summary>
    Digest,
}
