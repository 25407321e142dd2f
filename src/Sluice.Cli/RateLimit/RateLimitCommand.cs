using System.CommandLine;
using System.Net;
using Sluice.Cli.Options;
using Sluice.Controller.RateLimits;
using Sluice.Controller.RateLimits.Redis;

namespace Sluice.Cli.RateLimit;

/// <summary><c>sluice ratelimit</c>: counts requests for all proxies, by Envoy's rate limit service protocol.</summary>
internal static class RateLimitCommand
{
    public static Command Create()
    {
        var configuration = new Argument<string>("CONFIG") { Description = "A file of limits in the format of Envoy's reference implementation, or a folder with such files; read anew when they change." };
        var listen = NetworkOptions.EndPoint("--listen", $"Where gRPC is served, without TLS; port 0 takes a free one. Default: {RateLimitOptions.DefaultEndPoint}.");
        var redis = ParsedOption.Create<HostAndPort?>("--redis", "HOST:PORT", "A Redis server that the counters are in, for several servers that share them. Default: counters in this process.", "a host and a port such as redis:6379", HostAndPort.TryParse);
        var password = new Option<FileInfo?>("--redis-password-file") { HelpName = "FILE", Description = "A file with the password of the Redis server. Default: none." };
        var timeout = NetworkOptions.Duration("--redis-timeout", "How long the Redis server may take. Default: 50ms.");
        var failure = ParsedOption.Create<CounterFailure?>("--on-failure", "error|open|closed", "What is answered when the Redis server does not: an error, so that proxies do what their failOpen says; that everything passes; that everything is over its limit. Default: error.", "error, open or closed", TryParseFailure);
        var command = new Command("ratelimit", "Keep request limits for all proxies: a server of Envoy's rate limit service protocol.") { configuration, listen, redis, password, timeout, failure };
        command.Validators.Add(result =>
        {
            Option[] ofRedis = [password, timeout];
            if (result.GetResult(redis) is null && ofRedis.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } lonely)
                result.AddError($"{lonely.Name} is for --redis, which is not given.");
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            new RateLimitOptions
            {
                Configuration = parsed.GetRequiredValue(configuration),
                EndPoint = parsed.GetValue(listen) ?? RateLimitOptions.DefaultEndPoint,
                Redis = parsed.GetValue(redis) is not { } server ? null : new RedisOptions
                {
                    Server = new DnsEndPoint(server.Host, server.Port),
                    Password = parsed.GetValue(password) is { } file ? ReadPassword(file) : null,
                    Timeout = parsed.GetValue(timeout) ?? TimeSpan.FromMilliseconds(50),
                },
                Failure = parsed.GetValue(failure) ?? CounterFailure.Error,
                Report = message => Console.Error.WriteLine($"sluice: {message}"),
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(RateLimitOptions options, CancellationToken cancellation)
    {
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        try
        {
            await using var server = await RateLimitServer.StartAsync(options);
            Console.WriteLine($"Limits of {string.Join(", ", server.Domains.Order(StringComparer.Ordinal))} at {server.EndPoint}, counted {(options.Redis is { } redis ? $"in Redis at {redis.Server.Host}:{redis.Server.Port}" : "in this process")}");
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Success;
        }
        catch (LimitConfigurationException error)
        {
            throw new UserErrorException(error.Message);
        }
        catch (IOException error)
        {
            throw new UserErrorException($"the server of limits cannot listen on {error.Message}. Choose another address with --listen HOST:PORT.");
        }
    }

    private static string ReadPassword(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--redis-password-file: {error.Message}");
        }
    }

    private static bool TryParseFailure(string text, out CounterFailure? value)
    {
        value = text switch
        {
            "error" => CounterFailure.Error,
            "open" => CounterFailure.Open,
            "closed" => CounterFailure.Closed,
            _ => null,
        };
        return value is not null;
    }
}
