using System.Net;
using System.Net.Http.Headers;
using Sluice.Configuration.Streaming;
using Sluice.Controller.ProxyMode;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>A proxy that says exactly what it is told to.</summary>
internal sealed class RawStream : IAsyncDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly DuplexContent _content;
    private readonly HttpResponseMessage _response;
    private readonly Stream _output;

    private RawStream(HttpMessageInvoker invoker, DuplexContent content, HttpResponseMessage response, Stream output, Stream input)
    {
        _invoker = invoker;
        _content = content;
        _response = response;
        _output = output;
        Reader = new FrameReader(input, StreamMessages.MaxControllerBytes);
    }

    public FrameReader Reader { get; }

    public HttpStatusCode Status => _response.StatusCode;

    public static async Task<RawStream> OpenAsync(StreamServer server, string? token = FakeAuthenticator.Token, string gateway = TestConfigurations.Gateway, bool greets = true)
    {
        var address = server.Address with { Gateway = gateway };
        var invoker = ControllerSession.CreateInvoker(address);
        var content = new DuplexContent();
        var request = new HttpRequestMessage(HttpMethod.Post, address.Uri) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await invoker.SendAsync(request, CancellationToken.None).Within("the controller's answer");
        var stream = new RawStream(invoker, content, response, await content.Stream, await response.Content.ReadAsStreamAsync());
        if (greets && response.StatusCode == HttpStatusCode.OK)
            await stream.SendAsync(StreamMessages.Write(new Hello(Hello.Current, "raw", null)));
        return stream;
    }

    /// <summary>A stream that the controller has ended takes nothing, which is no error here.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _output.WriteAsync(bytes).AsTask().Within("the controller to take bytes");
            await _output.FlushAsync().Within("the controller to take bytes");
        }
        catch (Exception error) when (error is IOException or HttpRequestException or ObjectDisposedException)
        {
            // Seen by the reader.
        }
    }

    /// <summary>The next whole update; pings are passed over.</summary>
    public async Task<long> ReadUpdateAsync(UpdateReader reader)
    {
        while (await Reader.ReadAsync(CancellationToken.None).AsTask().Within("a frame") is { } frame)
        {
            if (frame.Type != FrameType.Ping && reader.Read(frame.Type, frame.Payload))
                return reader.Version;
        }

        throw new EndOfStreamException("the controller has ended the stream");
    }

    /// <summary>Reads to the end; true when it came in order, false when the stream was cut.</summary>
    public async Task<bool> ReadToEndAsync()
    {
        try
        {
            while (await Reader.ReadAsync(CancellationToken.None).AsTask().Within("the end of the stream") is not null)
            {
            }

            return true;
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _content.Complete();
        _response.Dispose();
        _invoker.Dispose();
        return ValueTask.CompletedTask;
    }
}
