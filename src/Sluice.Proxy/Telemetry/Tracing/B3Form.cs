namespace Sluice.Proxy.Telemetry.Tracing;

/// <summary>Which fields of B3 a client sent.</summary>
internal enum B3Form : byte
{
    None,

    /// <summary>b3.</summary>
    Single,

    /// <summary>x-b3-traceid and its companions.</summary>
    Multiple,
}
