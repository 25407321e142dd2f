using Sluice.Configuration;

namespace Sluice.Proxy.Tls;

/// <summary>A certificate, key or setting that TLS cannot be made of. The message says what is wrong with it, and never holds any of a key.</summary>
internal sealed class TlsMaterialException(string message) : Exception(message)
{
    /// <summary>What a listener is told by it: of its certificates, or of TLS altogether.</summary>
    public ApplyErrorReason Reason { get; init; } = ApplyErrorReason.Tls;

    /// <summary>With OpenSSL's reason for the last failed call behind the message.</summary>
    public static TlsMaterialException WithReason(string message) => new($"{message} ({TlsErrors.TakeReason()})");
}
