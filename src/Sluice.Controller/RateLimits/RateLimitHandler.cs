using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Local;

namespace Sluice.Controller.RateLimits;

/// <summary>Answers over gRPC: ShouldRateLimit, and the health of the server (grpc.health.v1). GET /healthz says it over HTTP.</summary>
internal sealed class RateLimitHandler(Limiter limiter) : ILocalHandler
{
    private const int PrefixBytes = 5;
    private const int InvalidArgument = 3;
    private const int Unimplemented = 12;
    private const int Unavailable = 14;
    private const string ContentType = "application/grpc";

    private static readonly KeyValuePair<string, string>[] Ok = [new("grpc-status", "0")];

    public int MaxBodyBytes => 256 * 1024;

    public async ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
    {
        if (request is { Method: "GET", Path: "/healthz" })
            return new LocalResponse(200, "text/plain", "ok\n"u8.ToArray());
        if (request.Method != "POST" || request.Headers.GetValueOrDefault("content-type")?.StartsWith(ContentType, StringComparison.Ordinal) != true)
            return new LocalResponse(404, "text/plain", "gRPC is spoken here: envoy.service.ratelimit.v3.RateLimitService\n"u8.ToArray());
        if (Message(request.Body) is not { } message)
            return Failure(InvalidArgument, "the request must be one message, not compressed");
        switch (request.Path)
        {
            case "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit":
                return await DecideAsync(message).ConfigureAwait(false);
            case "/grpc.health.v1.Health/Check":
                return Success(writer => writer.Number(1, 1L));
            default:
                return Failure(Unimplemented, $"{request.Path} is not known here");
        }
    }

    private async ValueTask<LocalResponse> DecideAsync(ReadOnlyMemory<byte> message)
    {
        if (LimitMessages.Read(message.Span) is not { } question)
            return Failure(InvalidArgument, "the message is no RateLimitRequest with a domain, and descriptors with entries");
        try
        {
            var statuses = await limiter.DecideAsync(question).ConfigureAwait(false);
            return Success(writer => LimitMessages.Write(writer, statuses));
        }
        catch (IOException error)
        {
            return Failure(Unavailable, error.Message);
        }
    }

    private static ReadOnlyMemory<byte>? Message(ReadOnlyMemory<byte> body) =>
        body.Length >= PrefixBytes && body.Span[0] == 0 && BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]) == (uint)(body.Length - PrefixBytes) ? body[PrefixBytes..] : null;

    private static LocalResponse Success(Action<ProtobufWriter> write)
    {
        var writer = new ProtobufWriter();
        writer.Reserve(PrefixBytes);
        write(writer);
        BinaryPrimitives.WriteUInt32BigEndian(writer.At(1, 4), (uint)(writer.Length - PrefixBytes));
        return new LocalResponse(200, ContentType, writer.Written.ToArray()) { Trailers = Ok };
    }

    private static LocalResponse Failure(int status, string message) => new(200, ContentType, default)
    {
        Headers = [new("grpc-status", status.ToString(CultureInfo.InvariantCulture)), new("grpc-message", Encode(message))],
    };

    // Everything but printable ASCII, and "%", is percent-encoded.
    private static string Encode(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(octet => octet is >= (byte)' ' and <= (byte)'~' and not (byte)'%' ? ((char)octet).ToString() : $"%{octet:X2}"));
}
