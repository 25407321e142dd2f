using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Sluice.Conformance.Traffic;

/// <summary>
/// The suite's HTTP client: a new connection for every request, 10 s for each, no redirect followed, no proxy, no cookies.
/// </summary>
internal sealed class ProbeClient : IDisposable
{
    private static readonly HttpRequestOptionsKey<IPEndPoint> TargetKey = new("target");
    private static readonly HttpRequestOptionsKey<TlsClient> TlsKey = new("tls");
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _invoker;

    public ProbeClient()
    {
        _handler = Handler();
        _invoker = new HttpMessageInvoker(_handler);
    }

    public async Task<HttpAnswer> SendAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(RequestTimeout);
        using var message = Message(request);
        if (!request.IsHttp2)
            message.Headers.ConnectionClose = true;
        // Without TLS connections are never shared because they live for no time; over TLS a handler of its own makes sure that
        // no request goes over a connection of another server name.
        using var invoker = request.Tls is null ? null : new HttpMessageInvoker(Handler());
        using var response = await SendAsync(invoker ?? _invoker, message, timeout.Token);
        var body = await response.Content.ReadAsByteArrayAsync(timeout.Token);
        return new HttpAnswer((int)response.StatusCode, Fields(response), SeenRequest.Parse(body));
    }

    /// <summary>A gRPC call over HTTP/2.</summary>
    public async Task<GrpcAnswer> CallAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(RequestTimeout);
        using var message = Message(request with { IsHttp2 = true });
        message.Content = new ByteArrayContent(GrpcMessage.Empty);
        message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        message.Headers.TryAddWithoutValidation("TE", "trailers");
        using var invoker = request.Tls is null ? null : new HttpMessageInvoker(Handler());
        using var response = await SendAsync(invoker ?? _invoker, message, timeout.Token);
        var body = await response.Content.ReadAsByteArrayAsync(timeout.Token);
        var fields = Fields(response);
        foreach (var field in response.TrailingHeaders.NonValidated)
        {
            foreach (var value in field.Value)
                fields.Add(field.Key, value);
        }
        return GrpcAnswer.Of((int)response.StatusCode, fields, body);
    }

    /// <summary>The handler below a WebSocket; its connections are new ones too.</summary>
    public HttpMessageInvoker WebSocketInvoker(IPEndPoint target) => new(new TargetHandler(target, _handler), disposeHandler: false);

    public void Dispose()
    {
        _invoker.Dispose();
        _handler.Dispose();
    }

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = ConnectAsync,
    };

    private static async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker invoker, HttpRequestMessage message, CancellationToken cancellation)
    {
        try
        {
            return await invoker.SendAsync(message, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"no answer within {RequestTimeout.TotalSeconds} s", new OperationCanceledException(cancellation));
        }
    }

    private static HttpRequestMessage Message(HttpRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), $"{request.Scheme}://{request.Target}{request.Path}")
        {
            Version = request.IsHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Options.Set(TargetKey, request.Target);
        if (request.Tls is { } tls)
            message.Options.Set(TlsKey, tls);
        message.Headers.Host = request.Authority;
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                throw new UsageException($"the client cannot send field {name}");
        }
        return message;
    }

    private static FieldList Fields(HttpResponseMessage response)
    {
        var fields = new FieldList();
        foreach (var field in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            foreach (var value in field.Value)
                fields.Add(field.Key, value);
        }
        return fields;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(TargetKey, out var target))
            throw new InvalidOperationException("A request has no target.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            // The handshake is made here, because the handler's own always asks for the Host as server name.
            var isHttp2 = context.InitialRequestMessage.Version.Major == 2;
            return context.InitialRequestMessage.Options.TryGetValue(TlsKey, out var tls)
                ? await tls.HandshakeAsync(stream, isHttp2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11, cancellation)
                : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class TargetHandler(IPEndPoint target, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Options.Set(TargetKey, target);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
