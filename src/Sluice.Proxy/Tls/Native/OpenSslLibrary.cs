using System.Runtime.InteropServices;

namespace Sluice.Proxy.Tls.Native;

/// <summary>Whether OpenSSL 3 is there. Looked for when TLS is configured for the first time, never before.</summary>
internal static class OpenSslLibrary
{
    internal const string Ssl = "libssl.so.3";
    internal const string Crypto = "libcrypto.so.3";

    private static readonly Lazy<string?> Missing = new(static () =>
        !NativeLibrary.TryLoad(Crypto, out _) ? Explain(Crypto) : !NativeLibrary.TryLoad(Ssl, out _) ? Explain(Ssl) : null);

    /// <summary>What is wrong, for the status of listeners; null when nothing is.</summary>
    public static string? Problem => Missing.Value;

    private static string Explain(string library) => $"TLS needs OpenSSL 3, and {library} cannot be loaded (Debian and Ubuntu: package libssl3)";
}
