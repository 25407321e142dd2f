namespace Sluice.Configuration.Telemetry;

/// <summary>What was out of the ordinary with a request or connection. The names are Envoy's short ones, as logs show them.</summary>
[Flags]
public enum ResponseFlags
{
    None = 0,

    /// <summary>No route matched, or no listener.</summary>
    NR = 1 << 0,

    /// <summary>The rule has no usable backend: none that exists, or none for this share of the requests.</summary>
    NC = 1 << 1,

    /// <summary>The backend has no endpoint.</summary>
    UH = 1 << 2,

    /// <summary>No connection to the backend came about.</summary>
    UF = 1 << 3,

    /// <summary>The backend ended its connection before or in the middle of the response.</summary>
    UC = 1 << 4,

    /// <summary>The backend reset the request's stream.</summary>
    UR = 1 << 5,

    /// <summary>The backend, or the request as a whole, took longer than a timeout allows.</summary>
    UT = 1 << 6,

    /// <summary>The response of the backend is no valid HTTP.</summary>
    UPE = 1 << 7,

    /// <summary>A limit kept the request from being sent again: too many retries at once.</summary>
    UO = 1 << 8,

    /// <summary>The last attempt that the rule allows failed.</summary>
    URX = 1 << 9,

    /// <summary>The client ended its connection, or reset its stream, before the response's end.</summary>
    DC = 1 << 10,

    /// <summary>The request is no valid HTTP.</summary>
    DPE = 1 << 11,

    /// <summary>The proxy ended the connection or stream itself, as when it stops.</summary>
    LR = 1 << 12,

    /// <summary>Nothing was said for too long.</summary>
    SI = 1 << 13,

    /// <summary>Turned away by a rate limit.</summary>
    RL = 1 << 14,

    /// <summary>Turned away by authorization.</summary>
    UAEX = 1 << 15,

    /// <summary>A fault was injected: the answer.</summary>
    FI = 1 << 16,

    /// <summary>A fault was injected: a delay.</summary>
    DI = 1 << 17,
}
