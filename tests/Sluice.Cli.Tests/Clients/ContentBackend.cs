using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Sluice.Cli.Tests.Clients;

/// <summary>
/// A backend on Kestrel with content of every kind: a file with validators and ranges, a body of unknown length, events that
/// wait for the test, and a place for uploads.
/// </summary>
internal sealed class ContentBackend : IAsyncDisposable
{
    /// <summary>Octets of <c>/file</c>: more than any buffer on the way.</summary>
    public const int FileLength = 8 * 1024 * 1024;

    public const string ETag = "\"v1\"";

    public static readonly DateTimeOffset LastModified = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly WebApplication _application;
    private readonly SemaphoreSlim _events = new(0);

    private ContentBackend(WebApplication application)
    {
        _application = application;
        application.MapMethods("/file", ["GET", "HEAD"], () => Results.File(File, "application/octet-stream", lastModified: LastModified, entityTag: new EntityTagHeaderValue(ETag), enableRangeProcessing: true));
        application.MapGet("/stream", StreamAsync);
        application.MapGet("/events", SendEventsAsync);
        application.MapMethods("/upload", ["PUT", "POST"], ReceiveAsync);
        application.MapGet("/request", (HttpRequest request) => $"{request.Method} {request.Protocol} {request.Host}");
    }

    /// <summary>The content of <c>/file</c> and <c>/stream</c>: no octet is like its neighbours for long.</summary>
    public static byte[] File { get; } = MakeFile();

    public int Port { get; private set; }

    public static async Task<ContentBackend> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = null;
        });
        var backend = new ContentBackend(builder.Build());
        await backend._application.StartAsync();
        backend.Port = new Uri(backend._application.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return backend;
    }

    /// <summary>Lets one more event of <c>/events</c> go out.</summary>
    public void ReleaseEvent() => _events.Release();

    /// <summary>What <c>/upload</c> says about these octets.</summary>
    public static string Receipt(byte[] content) => $"{content.Length} {Convert.ToHexStringLower(SHA256.HashData(content))}";

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _events.Dispose();
    }

    private static async Task StreamAsync(HttpResponse response)
    {
        for (var at = 0; at < FileLength; at += 100_000)
            await response.Body.WriteAsync(File.AsMemory(at, Math.Min(100_000, FileLength - at)));
    }

    private async Task SendEventsAsync(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        for (var i = 0; i < 3; i++)
        {
            await _events.WaitAsync(response.HttpContext.RequestAborted);
            await response.Body.WriteAsync(Encoding.ASCII.GetBytes($"id: {i}\ndata: event {i}\n\n"));
            await response.Body.FlushAsync();
        }
    }

    private static async Task<string> ReceiveAsync(HttpRequest request)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content);
        return Receipt(content.ToArray());
    }

    private static byte[] MakeFile()
    {
        var content = new byte[FileLength];
        new Random(8).NextBytes(content);
        return content;
    }
}
