using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration.Telemetry;

namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>Sends messages to one collector, by OTLP/gRPC or OTLP/HTTP.</summary>
internal sealed class OtlpClient : IDisposable
{
    /// <summary>Bytes of an answer.</summary>
    private const int MaxAnswer = 64 * 1024;

    private readonly OtlpProvider _provider;
    private readonly HttpClient _client;
    private readonly Uri _base;

    public OtlpClient(OtlpProvider provider)
    {
        _provider = provider;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = provider.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10), // Names may come to mean other addresses.
            SslOptions = Tls(provider),
        };
        _client = new HttpClient(handler) { Timeout = provider.Timeout, MaxResponseContentBufferSize = MaxAnswer };
        _base = new UriBuilder(provider.IsSecure ? "https" : "http", provider.Host, provider.Port).Uri;
    }

    /// <summary>Sends one message.</summary>
    /// <returns>What came of it; never throws for what a network does.</returns>
    public async Task<OtlpResult> SendAsync(OtlpSignal signal, byte[] message, CancellationToken stop)
    {
        using var request = _provider.Protocol == OtlpProtocol.Grpc ? Grpc(signal, message) : Http(signal, message);
        foreach (var header in _provider.Headers)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("sluice", null));
        try
        {
            using var response = await _client.SendAsync(request, stop).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
            return _provider.Protocol == OtlpProtocol.Grpc ? OfGrpc(response, body) : OfHttp(response, body);
        }
        catch (HttpRequestException error)
        {
            return OtlpResult.Failed(error.InnerException?.Message ?? error.Message, mayRetry: true);
        }
        catch (IOException error)
        {
            return OtlpResult.Failed(error.Message, mayRetry: true);
        }
        catch (OperationCanceledException)
        {
            return OtlpResult.Failed($"no answer within {_provider.Timeout.TotalSeconds:0.#} s", mayRetry: true);
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Grpc(OtlpSignal signal, byte[] message)
    {
        var service = signal == OtlpSignal.Traces ? "trace.v1.TraceService" : "logs.v1.LogsService";
        var prefix = new byte[5];
        BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(1), (uint)message.Length);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_base, $"/opentelemetry.proto.collector.{service}/Export"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([.. prefix, .. message]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return request;
    }

    private HttpRequestMessage Http(OtlpSignal signal, byte[] message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_base, $"{_provider.Path}/v1/{(signal == OtlpSignal.Traces ? "traces" : "logs")}"))
        {
            Content = new ByteArrayContent(message),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return request;
    }

    private static OtlpResult OfGrpc(HttpResponseMessage response, byte[] body)
    {
        if (!response.IsSuccessStatusCode)
            return OtlpResult.Failed($"HTTP status {(int)response.StatusCode}", MayRetry(response.StatusCode));
        var status = Header(response.TrailingHeaders, "grpc-status") ?? Header(response.Headers, "grpc-status");
        if (status == "0")
            return OtlpResult.Taken(body.Length > 5 ? OtlpMessage.Rejected(body.AsSpan(5)) : 0);
        var message = Header(response.TrailingHeaders, "grpc-message") ?? Header(response.Headers, "grpc-message");

        // Which of them are worth another try: opentelemetry.io/docs/specs/otlp, "OTLP/gRPC response", Failures.
        return OtlpResult.Failed($"gRPC status {status ?? "missing"} {message}".TrimEnd(), status is "1" or "4" or "8" or "10" or "11" or "14" or "15");
    }

    private static OtlpResult OfHttp(HttpResponseMessage response, byte[] body) => response.IsSuccessStatusCode
        ? OtlpResult.Taken(OtlpMessage.Rejected(body))
        : OtlpResult.Failed($"HTTP status {(int)response.StatusCode}", MayRetry(response.StatusCode));

    private static bool MayRetry(HttpStatusCode status) => (int)status is 429 or 502 or 503 or 504;

    private static string? Header(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static SslClientAuthenticationOptions Tls(OtlpProvider provider)
    {
        var options = new SslClientAuthenticationOptions();
        if (provider.ServerName is { } name)
            options.TargetHost = name;
        if (provider.CaCertificates.Count == 0)
            return options;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        foreach (var pem in provider.CaCertificates)
            policy.CustomTrustStore.ImportFromPem(pem);
        options.CertificateChainPolicy = policy;
        return options;
    }
}
