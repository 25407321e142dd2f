using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using Sluice.Kubernetes.Access;

namespace Sluice.Kubernetes.Client;

/// <summary>Sends requests with the credential of the moment; what is not answered with 2xx becomes an <see cref="ApiException"/>.</summary>
internal sealed class ApiTransport(ClusterAccess access, KubernetesClientOptions options) : IDisposable
{
    private const int MaxErrorBytes = 256 * 1024;

    private static readonly ProductInfoHeaderValue UserAgent = new("sluice", Version());
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly string _base = access.Server.GetLeftPart(UriPartial.Path).TrimEnd('/');
    private readonly ServerCertificateCheck _check = new(access);
    private SslStreamCertificateContext? _certificate;
    private HttpMessageInvoker? _invoker;
    private HttpMessageInvoker? _previous;

    /// <summary>The answer's head with 2xx; its body is still to be read. The caller disposes it.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="cancellation">Ends the request and the reading of its body; what it means is the caller's matter.</param>
    /// <exception cref="ApiException">Anything else.</exception>
    public async Task<HttpResponseMessage> SendAsync(ApiRequest request, CancellationToken cancellation)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5), options.Clock);
        var mayRenew = true;
        for (var repetitions = 0; ; repetitions++)
        {
            var credential = await CredentialAsync(request, cancellation).ConfigureAwait(false);
            var response = await SendOnceAsync(request, credential, cancellation).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
            {
                var error = await ErrorAsync(request, response, cancellation).ConfigureAwait(false);
                if (error.StatusCode == 401 && mayRenew)
                {
                    // The token may have been replaced since it was read: once more with a fresh one.
                    mayRenew = false;
                    access.Credentials.Reject(credential);
                    continue;
                }

                if (repetitions >= options.MaxRepetitions || !WasNotTaken(error))
                    throw error;
                await backoff.WaitAsync(error.RetryAfter, cancellation).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _invoker?.Dispose();
            _previous?.Dispose();
        }
    }

    /// <summary>What went wrong while a body was read, in the words of <see cref="ApiException"/>.</summary>
    public ApiException Broken(string operation, Exception error) => error switch
    {
        System.Text.Json.JsonException or InvalidDataException => new ApiException(0, ApiException.BadAnswer, $"{operation}: the answer of {access} cannot be used: {error.Message}", inner: error),
        _ => new ApiException(0, ApiException.Unreachable, $"{operation}: {access} cannot be reached: {Reason(error)}", inner: error),
    };

    private static bool WasNotTaken(ApiException error) =>
        (error.StatusCode == 429 || (error.StatusCode == 503 && error.RetryAfter is not null))
        && (error.RetryAfter ?? TimeSpan.Zero) <= LongestPause;

    private async Task<Credential> CredentialAsync(ApiRequest request, CancellationToken cancellation)
    {
        try
        {
            return await access.Credentials.GetAsync(cancellation).ConfigureAwait(false);
        }
        catch (ClusterAccessException error)
        {
            throw new ApiException(0, ApiException.NoCredentials, $"{request.Operation}: no credentials for {access}: {error.Message}", inner: error);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, Credential credential, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(_base + request.PathAndQuery))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.UserAgent.Add(UserAgent);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.Host = access.TlsServerName;
        if (credential.Authorization is { } authorization)
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var (name, value) in access.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (!request.Body.IsEmpty)
            message.Content = new ReadOnlyMemoryContent(request.Body) { Headers = { ContentType = new MediaTypeHeaderValue(request.ContentType) } };
        try
        {
            return await InvokerFor(credential).SendAsync(message, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw Broken(request.Operation, error);
        }
    }

    private static async Task<ApiException> ErrorAsync(ApiRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = new byte[MaxErrorBytes];
        var length = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // The status says enough.
        }

        var retryAfter = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - DateTimeOffset.UtcNow : null;
        return StatusReader.Read(request.Operation, body.AsSpan(0, length), (int)response.StatusCode, retryAfter > TimeSpan.Zero ? retryAfter : null);
    }

    /// <summary>Connections belong to a client certificate: a new one needs new connections.</summary>
    private HttpMessageInvoker InvokerFor(Credential credential)
    {
        lock (_lock)
        {
            if (_invoker is not null && ReferenceEquals(_certificate, credential.Certificate))
                return _invoker;

            // What runs on the connections of the last certificate may end in peace; those of the one before are closed.
            _previous?.Dispose();
            _previous = _invoker;
            _certificate = credential.Certificate;
            return _invoker = new HttpMessageInvoker(Handler(credential.Certificate));
        }
    }

    private SocketsHttpHandler Handler(SslStreamCertificateContext? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),

            // A server that vanished without a word is noticed although nobody asks it anything: its watches break.
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = certificate,
                RemoteCertificateValidationCallback = (_, shown, chain, errors) => _check.IsTrusted(shown, chain, errors),
            },
        };
        if (access.Proxy is { } proxy)
            handler.Proxy = new WebProxy(proxy) { Credentials = CredentialsOf(proxy) };
        return handler;
    }

    /// <summary>The user and password in a proxy's URL; null when there is none.</summary>
    private static NetworkCredential? CredentialsOf(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
            return null;
        var parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private string Reason(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is AuthenticationException)
                return _check.Problem ?? inner.Message;
        }

        return error.GetBaseException() is { } root && root != error && !error.Message.Contains(root.Message, StringComparison.Ordinal)
            ? $"{error.Message.TrimEnd('.')}: {root.Message}"
            : error.Message;
    }

    private static string Version()
    {
        var text = typeof(ApiTransport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        return text.Split('+')[0];
    }
}
