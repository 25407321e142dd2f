using System.Buffers.Text;
using System.Text;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Calls;

/// <summary>The head of the calls of one method ("Requests" of gRPC over HTTP/2): the same for all of them, and made once.</summary>
internal sealed class GrpcCallHead
{
    private readonly byte[] _cleartext;
    private readonly byte[] _secure;

    /// <param name="authority">:authority.</param>
    /// <param name="method">Such as "/envoy.service.auth.v3.Authorization/Check".</param>
    /// <param name="timeout">Milliseconds; 0: none is said.</param>
    public GrpcCallHead(string authority, string method, long timeout)
    {
        _cleartext = Compose(authority, method, timeout, isSecure: false);
        _secure = Compose(authority, method, timeout, isSecure: true);
    }

    public ReadOnlySpan<byte> For(bool isSecure) => isSecure ? _secure : _cleartext;

    private static byte[] Compose(string authority, string method, long timeout, bool isSecure)
    {
        var writer = new HpackWriter(new byte[512 + authority.Length + method.Length]);
        writer.WriteIndexed(HpackIndex.MethodPost);
        writer.WriteIndexed(isSecure ? HpackIndex.SchemeHttps : HpackIndex.Scheme);
        writer.WriteField(HpackIndex.Path, Encoding.ASCII.GetBytes(method));
        writer.WriteField(HpackIndex.Authority, Encoding.ASCII.GetBytes(authority));
        writer.WriteField("te"u8, "trailers"u8);
        if (timeout > 0)
        {
            // At most eight digits.
            Span<byte> value = stackalloc byte[16];
            Utf8Formatter.TryFormat(Math.Min(timeout, 99_999_999), value, out int length);
            value[length++] = (byte)'m';
            writer.WriteField("grpc-timeout"u8, value[..length]);
        }
        writer.WriteField(HpackIndex.ContentType, "application/grpc"u8);
        return writer.Written.ToArray();
    }
}
