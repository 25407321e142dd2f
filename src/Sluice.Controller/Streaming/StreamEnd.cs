namespace Sluice.Controller.Streaming;

/// <summary>Why a stream has ended, or did not begin.</summary>
internal enum StreamEnd
{
    /// <summary>The proxy has ended it, or is gone.</summary>
    Left,

    /// <summary>It had reached its age.</summary>
    Renewed,

    /// <summary>No token, or none that is valid.</summary>
    Unauthenticated,

    /// <summary>Another Gateway's configuration was asked for.</summary>
    Forbidden,

    /// <summary>Too many requests per second.</summary>
    HandshakeRate,

    /// <summary>Too many invalid tokens from the same address.</summary>
    RefusedAddress,

    /// <summary>Too many streams.</summary>
    Connections,

    /// <summary>The token could not be looked at.</summary>
    Unavailable,

    /// <summary>The proxy said nothing for too long.</summary>
    Silent,

    /// <summary>The proxy did not take an update in time.</summary>
    Slow,

    /// <summary>The proxy sent more frames than it has reason to.</summary>
    Flood,

    /// <summary>The proxy sent what it must not.</summary>
    Protocol,
}
