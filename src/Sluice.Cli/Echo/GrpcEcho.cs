using System.Buffers.Binary;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Sluice.Cli.Echo;

/// <summary>
/// gateway_api_conformance.echo_basic.grpcecho.GrpcEcho: unary calls over HTTP/2, each message behind a flag byte and a 32-bit
/// length. Echo and EchoTwo answer with what they received; every other method is unimplemented.
/// </summary>
internal static class GrpcEcho
{
    private const string ServicePath = "/gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/";
    private const int PrefixBytes = 5;
    private const int Ok = 0;
    private const int Unimplemented = 12;

    public static bool IsGrpc(HttpRequest request) =>
        HttpProtocol.IsHttp2(request.Protocol) && request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    public static async Task HandleAsync(HttpContext context, EchoOptions options)
    {
        var response = context.Response;
        response.ContentType = "application/grpc";
        var path = context.Request.Path.Value ?? "";
        if (path is not (ServicePath + "Echo") and not (ServicePath + "EchoTwo"))
        {
            Finish(response, Unimplemented, $"{path} is not implemented");
            return;
        }
        var request = new MemoryStream();
        await context.Request.Body.CopyToAsync(request, context.RequestAborted);
        var message = request.Length > PrefixBytes ? request.ToArray().AsSpan(PrefixBytes).ToArray() : [];
        await response.Body.WriteAsync(Frame(Answer(context, path, message, options)), context.RequestAborted);
        Finish(response, Ok, "");
    }

    private static void Finish(HttpResponse response, int status, string message)
    {
        var code = status.ToString(CultureInfo.InvariantCulture);
        if (response.HasStarted)
        {
            response.AppendTrailer("grpc-status", code);
            response.AppendTrailer("grpc-message", message);
            return;
        }
        // Trailers-only: a response without a message carries its status in the head.
        response.Headers["grpc-status"] = code;
        response.Headers["grpc-message"] = message;
    }

    private static byte[] Frame(byte[] message)
    {
        var frame = new byte[PrefixBytes + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, PrefixBytes);
        return frame;
    }

    /// <summary>EchoResponse { assertions = 1 { method = 1, headers = 2, authority = 3, context = 4, tls = 5 { serverName = 3 } }, request = 2 }.</summary>
    private static byte[] Answer(HttpContext context, string method, byte[] request, EchoOptions options)
    {
        var assertions = new ProtobufWriter();
        assertions.String(1, method);
        foreach (var (name, values) in context.Request.Headers)
        {
            foreach (var value in values)
            {
                var header = new ProtobufWriter();
                header.String(1, name.ToLowerInvariant());
                header.String(2, value ?? "");
                assertions.Message(2, header.ToArray());
            }
        }
        assertions.String(3, context.Request.Host.Value ?? "");
        var identity = new ProtobufWriter();
        identity.String(1, options.Namespace);
        identity.String(2, options.Ingress);
        identity.String(3, options.Service);
        identity.String(4, options.Pod);
        assertions.Message(4, identity.ToArray());
        if (context.Features.Get<ISslStreamFeature>() is { } tls)
        {
            var handshake = new ProtobufWriter();
            handshake.String(3, tls.SslStream.TargetHostName);
            assertions.Message(5, handshake.ToArray());
        }
        var response = new ProtobufWriter();
        response.Message(1, assertions.ToArray());
        response.Message(2, request);
        return response.ToArray();
    }
}
