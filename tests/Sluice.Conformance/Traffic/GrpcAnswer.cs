using System.Globalization;

namespace Sluice.Conformance.Traffic;

/// <summary>A gRPC status and, when it is OK, what the backend saw.</summary>
internal sealed record GrpcAnswer(int Status, string Message, SeenRequest? Seen)
{
    public const int Ok = 0;
    private const int Unknown = 2;

    /// <summary>
    /// The status is that of the trailers, or of the head where there are none; an answer that is not gRPC has the one that
    /// the gRPC specification gives its HTTP code.
    /// </summary>
    public static GrpcAnswer Of(int httpStatus, FieldList fields, byte[] body)
    {
        if (httpStatus != 200)
            return new GrpcAnswer(OfHttp(httpStatus), $"HTTP {httpStatus}", null);
        if (!int.TryParse(fields["grpc-status"], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return new GrpcAnswer(Unknown, $"grpc-status is \"{fields["grpc-status"]}\"", null);
        return new GrpcAnswer(status, fields["grpc-message"] ?? "", status == Ok ? GrpcMessage.Parse(body) : null);
    }

    private static int OfHttp(int status) => status switch
    {
        400 => 13,
        401 => 16,
        403 => 7,
        404 => 12,
        429 or 502 or 503 or 504 => 14,
        _ => Unknown,
    };
}
