namespace Sluice.Proxy.Bodies;

/// <summary>Why a body is not passed on.</summary>
internal enum BodyFault : byte
{
    None,

    /// <summary>Larger than is allowed: 413 for a request, 502 for a response.</summary>
    TooLarge,

    /// <summary>Not what its Content-Encoding says: 400.</summary>
    Malformed,

    /// <summary>The bodies that are held at this time are too many: 503.</summary>
    NoMemory,

    /// <summary>A template could not be rendered, or made what cannot be sent: 500.</summary>
    Failed,
}
