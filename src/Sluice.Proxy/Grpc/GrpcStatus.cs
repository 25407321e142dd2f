using System.Buffers.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Grpc;

/// <summary>Status codes of gRPC, and which of them stands for which HTTP status.</summary>
internal static class GrpcStatus
{
    public const int Unknown = 2;
    public const int DeadlineExceeded = 4;
    public const int PermissionDenied = 7;
    public const int ResourceExhausted = 8;
    public const int Unimplemented = 12;
    public const int Internal = 13;
    public const int Unavailable = 14;
    public const int Unauthenticated = 16;

    /// <summary>The highest that is defined.</summary>
    public const int Last = 16;

    /// <summary>For counting: a status that is not defined, and none at all.</summary>
    public const int Other = Last + 1;

    public const int Missing = Last + 2;

    /// <summary>gRPC's "HTTP to gRPC Status Code Mapping", by which clients read an HTTP status.</summary>
    public static int OfHttp(int statusCode) => statusCode switch
    {
        400 => Internal,
        401 => Unauthenticated,
        403 => PermissionDenied,
        404 => Unimplemented,
        429 or 502 or 503 or 504 => Unavailable,
        _ => Unknown,
    };

    /// <summary>
    /// For errors that the proxy finds itself. They follow the mapping but for two: a rule without usable backend, which is 500 over
    /// HTTP, must be UNAVAILABLE (GRPCRouteRule.backendRefs), and 504 is always a time limit that has passed, after which the
    /// call may or may not have taken effect: DEADLINE_EXCEEDED does not invite clients to retry, as UNAVAILABLE does.
    /// </summary>
    public static int OfOwn(int statusCode) => statusCode switch
    {
        500 => Unavailable,
        504 => DeadlineExceeded,
        _ => OfHttp(statusCode),
    };

    /// <summary>In digits, for 0 to <see cref="Last"/>.</summary>
    public static ReadOnlySpan<byte> Text(int status) =>
        status < 10 ? "0123456789"u8.Slice(status, 1) : "10111213141516"u8.Slice((status - 10) * 2, 2);

    /// <summary>grpc-message of errors that the proxy finds itself.</summary>
    public static ReadOnlySpan<byte> MessageOfOwn(int statusCode) => statusCode switch
    {
        400 => "the request is malformed"u8,
        403 => "the request is not allowed"u8,
        404 => "no route matches the request"u8,
        500 => "the route has no usable backend"u8,
        502 => "the backend did not answer as it should"u8,
        503 => "no backend can be reached"u8,
        504 => "the time limit of the request has passed"u8,
        _ => StatusText.Reason(statusCode),
    };

    /// <summary>grpc-status of a head or of trailers, for counting.</summary>
    public static int Read(FieldSection? section)
    {
        if (section is null)
            return Missing;
        var value = GrpcFields.Find(section, "grpc-status"u8);
        if (value.Length == 0)
            return Missing;
        return Utf8Parser.TryParse(value, out int status, out var length) && length == value.Length && status is >= 0 and <= Last ? status : Other;
    }

    /// <summary>Label in metrics.</summary>
    public static string Name(int status) => status switch
    {
        Other => "other",
        Missing => "none",
        _ => status.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
