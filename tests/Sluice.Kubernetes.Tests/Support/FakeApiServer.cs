using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Client;

namespace Sluice.Kubernetes.Tests.Support;

/// <summary>An API server in this process that can be told to fail.</summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, FakeRequest, Task<bool>>> _once = new();
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private readonly FakeOperations _operations;
    private WebApplication _web = null!;
    private volatile TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeApiServer() => _operations = new FakeOperations(Store);

    public FakeStore Store { get; } = new();

    public Uri Uri { get; private set; } = null!;

    /// <summary>Answers every request when it returns true.</summary>
    public Func<HttpContext, FakeRequest, Task<bool>>? Always { get; set; }

    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    /// <summary>Kinds that are not installed.</summary>
    public ConcurrentDictionary<string, bool> Missing => _operations.Missing;

    /// <summary>Lists leave kind and apiVersion of their items out, as those of built-in kinds do.</summary>
    public bool PlainItems
    {
        get => _operations.PlainItems;
        set => _operations.PlainItems = value;
    }

    /// <summary>A version that is too old is told by an ERROR event instead of the status 410.</summary>
    public bool ExpiredAsEvent
    {
        get => _operations.ExpiredAsEvent;
        set => _operations.ExpiredAsEvent = value;
    }

    public static async Task<FakeApiServer> StartAsync(X509Certificate2? certificate = null, ClientCertificateMode clients = ClientCertificateMode.NoCertificate, int port = 0)
    {
        var server = new FakeApiServer();
        await server.ListenAsync(certificate, clients, port);
        return server;
    }

    /// <summary>Without credentials.</summary>
    public ClusterAccess Access => new() { Server = Uri };

    public KubernetesClient Client(KubernetesClientOptions? options = null) => new(Access, options);

    /// <summary>The next request is answered by this, and not as usual; when it returns false, as usual after all.</summary>
    public void Once(Func<HttpContext, FakeRequest, Task<bool>> answer) => _once.Enqueue(answer);

    /// <summary>The next request is answered with a Status.</summary>
    public void FailOnce(int code, string reason, string message = "no", int? retryAfterSeconds = null) => Once(async (context, _) =>
    {
        if (retryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await FakeOperations.StatusAsync(context, code, reason, message);
        return true;
    });

    /// <summary>Waits for a request that was or will be made.</summary>
    public async Task<FakeRequest> WaitForAsync(Func<FakeRequest, bool> wanted, int count = 1)
    {
        while (true)
        {
            var arrival = _arrival;
            if (_requests.Where(wanted).Skip(count - 1).FirstOrDefault() is { } found)
                return found;
            await arrival.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Stops, and listens again on the same port with the same objects.</summary>
    public async Task RestartAsync(Func<Task> whileAway)
    {
        var port = Uri.Port;
        await StopAsync();
        await whileAway();
        await ListenAsync(null, ClientCertificateMode.NoCertificate, port);
    }

    public ValueTask DisposeAsync() => StopAsync();

    private async ValueTask StopAsync()
    {
        await _web.StopAsync(new CancellationToken(canceled: true));
        await _web.DisposeAsync();
    }

    private async Task ListenAsync(X509Certificate2? certificate, ClientCertificateMode clients, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (certificate is not null)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ClientCertificateMode = clients;
                    https.ClientCertificateValidation = (_, _, _) => true;
                });
            }
        }));
        _web = builder.Build();
        _web.Run(HandleAsync);
        await _web.StartAsync();
        var address = new Uri(_web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
        Uri = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{address.Port.ToString(CultureInfo.InvariantCulture)}");
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var request = new FakeRequest(
            context.Request.Method, context.Request.Path, context.Request.Query, new HeaderDictionary(context.Request.Headers.ToDictionary()), body, context.Connection.ClientCertificate?.Subject, context.Request.Protocol);
        _requests.Enqueue(request);
        Interlocked.Exchange(ref _arrival, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        try
        {
            if (_once.TryDequeue(out var once) && await once(context, request))
                return;
            if (Always is { } always && await always(context, request))
                return;
            await _operations.HandleAsync(context, request);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The client has gone.
        }
    }
}
