using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sluice.Proxy.Http;

/// <summary>Which octets make a field name, and which names the data plane knows.</summary>
internal static class FieldNames
{
    /// <summary>tchar (RFC 9110 5.6.2).</summary>
    public static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    public static bool IsToken(ReadOnlySpan<byte> bytes) => bytes.Length > 0 && !bytes.ContainsAnyExcept(TokenBytes);

    public static KnownField Classify(ReadOnlySpan<byte> name)
    {
        // By length first: most names differ there, and an unknown name costs one comparison at the most.
        switch (name.Length)
        {
            case 2:
                return Is(name, "te"u8) ? KnownField.TE : KnownField.Other;
            case 4:
                return Is(name, "host"u8) ? KnownField.Host : KnownField.Other;
            case 6:
                return Is(name, "expect"u8) ? KnownField.Expect : KnownField.Other;
            case 7:
                return Is(name, "upgrade"u8) ? KnownField.Upgrade : Is(name, "trailer"u8) ? KnownField.Trailer : KnownField.Other;
            case 9:
                return Is(name, "forwarded"u8) ? KnownField.Forwarded : KnownField.Other;
            case 10:
                return Is(name, "connection"u8) ? KnownField.Connection : Is(name, "keep-alive"u8) ? KnownField.KeepAlive : KnownField.Other;
            case 12:
                return Is(name, "x-request-id"u8) ? KnownField.XRequestId : KnownField.Other;
            case 14:
                return Is(name, "content-length"u8) ? KnownField.ContentLength : KnownField.Other;
            case 15:
                return Is(name, "x-forwarded-for"u8) ? KnownField.XForwardedFor : KnownField.Other;
            case 16:
                return Is(name, "x-forwarded-host"u8) ? KnownField.XForwardedHost : Is(name, "proxy-connection"u8) ? KnownField.ProxyConnection :
                    Is(name, "x-sluice-explain"u8) ? KnownField.Explain : KnownField.Other;
            case 17:
                return Is(name, "transfer-encoding"u8) ? KnownField.TransferEncoding : Is(name, "x-forwarded-proto"u8) ? KnownField.XForwardedProto : KnownField.Other;
            case 20:
                return Is(name, "x-sluice-explanation"u8) ? KnownField.Explanation : KnownField.Other;
            case 23:
                return Is(name, "x-forwarded-client-cert"u8) ? KnownField.XForwardedClientCert : KnownField.Other;
            default:
                return KnownField.Other;
        }
    }

    /// <summary>Fields of one connection only (RFC 9110 7.6.1), those that frame the message, and what is between a client and this proxy: always written anew.</summary>
    public static bool IsHopByHop(KnownField known) => known is
        KnownField.Connection or KnownField.KeepAlive or KnownField.ProxyConnection or KnownField.TransferEncoding or
        KnownField.ContentLength or KnownField.TE or KnownField.Trailer or KnownField.Upgrade or
        KnownField.Explain or KnownField.Explanation;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase) =>
        (name[0] | 0x20) == lowerCase[0] && Ascii.EqualsIgnoreCase(name, lowerCase);
}
