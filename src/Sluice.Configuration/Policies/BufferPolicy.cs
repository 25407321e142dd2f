namespace Sluice.Configuration.Policies;

/// <summary>Requests are taken in whole before they are forwarded (TrafficPolicy.spec.buffer).</summary>
/// <param name="MaxRequestBytes">Octets of a body; a larger one is answered with 413.</param>
public sealed record BufferPolicy(long MaxRequestBytes);
