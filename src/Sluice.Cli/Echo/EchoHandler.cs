using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Cli.Options;

namespace Sluice.Cli.Echo;

/// <summary>Answers one HTTP request: gRPC, WebSocket, redirect, chosen status, retry or plain echo.</summary>
internal sealed class EchoHandler(EchoOptions options, TextWriter log)
{
    /// <summary>"A:b,C:d" in the request sets these fields of the response.</summary>
    private const string SetHeaderField = "X-Echo-Set-Header";

    private readonly EchoRetries _retries = new();

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var target = RequestTarget(context);
        await log.WriteLineAsync($"{options.LinePrefix}Echoing back request made to {target} to client ({context.Connection.RemoteIpAddress}:{context.Connection.RemotePort})");
        if (GrpcEcho.IsGrpc(request))
        {
            await GrpcEcho.HandleAsync(context, options);
            return;
        }
        if (request.Path == "/ws" && context.WebSockets.IsWebSocketRequest)
        {
            await EchoWebSocket.HandleAsync(context);
            return;
        }
        SetResponseHeaders(context);
        if (options.Redirects.TryGetValue(request.Path, out var location))
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = location;
            return;
        }
        if (request.Query["delay"] is [{ } delay, ..] && DurationText.TryParse(delay, out var pause))
            await Task.Delay(pause, context.RequestAborted);
        if (request.Path.StartsWithSegments("/retry", StringComparison.Ordinal) && _retries.Answer(request.Query) is { } failure)
        {
            if (request.Query["delayRetry"] is [{ } failureDelay, ..] && DurationText.TryParse(failureDelay, out var failurePause))
                await Task.Delay(failurePause, context.RequestAborted);
            if (failure == EchoRetries.Reset)
                Reset(context);
            else
                context.Response.StatusCode = failure;
            return;
        }
        if (ChosenStatus(request.Path) is { } status)
            context.Response.StatusCode = status;
        await DrainAsync(request);
        await EchoAsync(context, target);
    }

    private async Task EchoAsync(HttpContext context, string target)
    {
        var body = EchoJson.Write(context, target, options);
        context.Response.Headers.ContentType = "application/json";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The target byte for byte as it came, with its query.</summary>
    private static string RequestTarget(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return raw.Length > 0 ? raw : context.Request.Path + context.Request.QueryString;
    }

    private static void SetResponseHeaders(HttpContext context)
    {
        foreach (var line in context.Request.Headers[SetHeaderField])
        {
            foreach (var pair in (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var colon = pair.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0)
                    context.Response.Headers.Append(pair[..colon].Trim(), pair[(colon + 1)..].Trim());
            }
        }
    }

    private static int? ChosenStatus(PathString path) =>
        path.StartsWithSegments("/status", StringComparison.Ordinal, out var rest)
        && int.TryParse(rest.Value.AsSpan().TrimStart('/'), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        && status is >= 200 and <= 599
            ? status
            : null;

    private static async Task DrainAsync(HttpRequest request)
    {
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) > 0)
        {
        }
    }

    /// <summary>Ends the connection with RST rather than FIN, as a crashed backend does.</summary>
    private static void Reset(HttpContext context)
    {
        var socket = context.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionSocketFeature>()?.Socket;
        if (socket is not null)
            socket.LingerState = new LingerOption(true, 0);
        context.Abort();
    }
}
