using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Sluice.Configuration.Streaming;

namespace Sluice.Controller.ProxyMode;

/// <summary>One connection to the controller: a request over HTTP/2 whose both bodies last.</summary>
internal sealed class ControllerSession : IDisposable
{
    /// <summary>Longest time to connect, and to get the head of the answer.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of a refusal that are read.</summary>
    private const int RefusalBytes = 1024;

    private readonly IStreamReceiver _receiver;
    private readonly TimeSpan _pingInterval;
    private readonly TimeSpan _silence;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly DuplexContent _content = new();
    private Stream? _output;

    /// <param name="receiver">Gets the updates.</param>
    /// <param name="pingInterval">Null: 15 s.</param>
    /// <param name="silence">After so long without a word of the controller, it is gone. Null: 45 s.</param>
    public ControllerSession(IStreamReceiver receiver, TimeSpan? pingInterval = null, TimeSpan? silence = null)
    {
        _receiver = receiver;
        _pingInterval = pingInterval ?? StreamProtocol.PingInterval;
        _silence = silence ?? StreamProtocol.SilenceTimeout;
    }

    /// <summary>The controller has let us in.</summary>
    public event Action? Opened;

    /// <summary>Bytes of the controller's frames so far.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Makes what connections go over: one for each connection of a proxy, one for many of a simulation.</summary>
    /// <exception cref="IOException">The authorities' file cannot be read.</exception>
    public static HttpMessageInvoker CreateInvoker(ControllerAddress address) => new(
        new SocketsHttpHandler
        {
            SslOptions = address.ReadTls(),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            ConnectCallback = (_, cancellationToken) => address.ConnectAsync(cancellationToken),
            ActivityHeadersPropagator = null,
        });

    /// <summary>Serves the stream until the controller ends it in order.</summary>
    /// <exception cref="IOException">There was no stream, or it has ended otherwise. The message is for people.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(HttpMessageInvoker invoker, ControllerAddress address, CancellationToken stop)
    {
        try
        {
            using var response = await OpenAsync(invoker, address, stop);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new IOException($"the controller has refused ({(int)response.StatusCode}): {await ReadRefusalAsync(response, stop)}");
            if (response.Content.Headers.ContentType?.MediaType != StreamProtocol.ContentType)
                throw new IOException($"{address} answers, but is no controller of Sluice");
            Opened?.Invoke();
            using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var pinging = PingAsync(done.Token);
            try
            {
                await ReadAsync(await response.Content.ReadAsStreamAsync(stop), stop);
            }
            finally
            {
                await done.CancelAsync();
                await pinging;
            }
        }
        catch (HttpRequestException error)
        {
            throw new IOException(Describe(error, address), error);
        }
        catch (StreamFormatException error)
        {
            throw new IOException($"the controller sent what cannot be read: {error.Message}", error);
        }
        finally
        {
            _content.Complete();
        }
    }

    /// <summary>Sends a frame. Nothing is said of failures: the stream ends then.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        if (_output is not { } output)
            return;
        try
        {
            await _writing.WaitAsync(cancellationToken);
            try
            {
                await output.WriteAsync(frame, cancellationToken);
                await output.FlushAsync(cancellationToken);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            // Its reader notices, and tells why.
        }
    }

    public void Dispose()
    {
        _content.Complete();
        _content.Dispose();
        _writing.Dispose();
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpMessageInvoker invoker, ControllerAddress address, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address.Uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = _content,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", address.ReadToken());
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(ConnectTimeout);
        try
        {
            var response = invoker.SendAsync(request, patience.Token);
            var stream = _content.Stream;
            await Task.WhenAny(response, stream);
            if (stream.IsCompletedSuccessfully)
            {
                _output = await stream;
                await SendAsync(StreamMessages.Write(_receiver.Greet()), patience.Token);
            }

            return await response;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"{address} did not answer within {ConnectTimeout.TotalSeconds} s");
        }
    }

    private async Task ReadAsync(Stream input, CancellationToken stop)
    {
        var reader = new FrameReader(input, StreamMessages.MaxControllerBytes);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            patience.CancelAfter(_silence);
            while (await reader.ReadAsync(patience.Token) is { } frame)
            {
                patience.CancelAfter(_silence);
                BytesReceived = reader.BytesRead;
                if (frame.Type != FrameType.Ping)
                    _receiver.Receive(frame, this);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"the controller was silent for {_silence.TotalSeconds:0.#} s");
        }
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_pingInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await SendAsync(StreamMessages.Ping, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The stream has ended.
        }
    }

    private static async Task<string> ReadRefusalAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var buffer = new byte[RefusalBytes];
        var count = await (await response.Content.ReadAsStreamAsync(stop)).ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        var text = System.Text.Encoding.UTF8.GetString(buffer, 0, count).Trim();
        return new string([.. text.Select(character => char.IsControl(character) ? ' ' : character)]);
    }

    private static string Describe(HttpRequestException error, ControllerAddress address) => error switch
    {
        { InnerException: AuthenticationException authentication } =>
            $"the certificate of {address} is not accepted: {authentication.Message} It must be for {address.ServerName ?? address.Host} and lead to {address.CaFile ?? "an authority of the system"}",
        { InnerException: { } inner } => $"{address}: {error.Message} {inner.Message}",
        _ => $"{address}: {error.Message}",
    };
}
