using System.Runtime.InteropServices;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls;

/// <summary>OpenSSL's errors: a number with the library in its upper and the reason in its lower bits (err.h).</summary>
internal static unsafe class TlsErrors
{
    private const int LibraryOffset = 23;
    private const ulong LibraryMask = 0xff;
    private const ulong ReasonMask = 0x7fffff;

    /// <summary>The reason when it is one of libssl's; otherwise 0.</summary>
    public static int SslReason(ulong error) =>
        ((error >> LibraryOffset) & LibraryMask) == SslConstants.ERR_LIB_SSL ? (int)(error & ReasonMask) : 0;

    /// <summary>The reason of the last failed call in words, and forgets it.</summary>
    public static string TakeReason()
    {
        var error = Crypto.ERR_peek_last_error();
        Crypto.ERR_clear_error();
        return Describe(error);
    }

    public static string Describe(ulong error) =>
        error != 0 && Marshal.PtrToStringUTF8((nint)Crypto.ERR_reason_error_string(error)) is { } text ? text : "no reason given";
}
