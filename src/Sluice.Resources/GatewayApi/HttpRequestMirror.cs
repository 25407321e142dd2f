namespace Sluice.Resources.GatewayApi;

/// <summary>The share that is mirrored is <see cref="Numerator"/> of <see cref="Denominator"/>: percent and fraction in one form.</summary>
public sealed record HttpRequestMirror(BackendObjectReference BackendRef, int Numerator = 1, int Denominator = 1);
