using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Sluice.Proxy.Local;

namespace Sluice.Cli.Api;

/// <summary>Who may use the Kubernetes API, the same for every command that serves it.</summary>
internal sealed class ApiAccessOptions
{
    private readonly Option<string?> _token = new("--token-file") { HelpName = "FILE", Description = "A file with the token that clients of the Kubernetes API must send. Needed when its address is not a loopback one. Default: programs on this machine need none." };
    private readonly Option<string?> _certificate = new("--tls-cert-file") { HelpName = "FILE", Description = "PEM certificates to serve the Kubernetes API over TLS with: kubectl sends tokens over TLS only." };
    private readonly Option<string?> _key = new("--tls-key-file") { HelpName = "FILE", Description = "The PEM key of --tls-cert-file." };

    public void AddTo(Command command)
    {
        command.Add(_token);
        command.Add(_certificate);
        command.Add(_key);
    }

    /// <summary>The first option that was given; null when none was.</summary>
    public string? Given(CommandResult result) => new[] { _token, _certificate, _key }.FirstOrDefault(option => result.GetValue(option) is not null)?.Name;

    /// <param name="parsed">The command line.</param>
    /// <param name="option">That names the address.</param>
    /// <param name="address">Where the API is to listen.</param>
    /// <exception cref="UserErrorException">A file cannot be used, or the address needs what is not given.</exception>
    public (string? Token, LocalTls? Tls) Read(ParseResult parsed, string option, IPEndPoint address)
    {
        var tls = ApiTlsFiles.Read(parsed.GetValue(_certificate), parsed.GetValue(_key));
        var token = parsed.GetValue(_token) is { } file ? TokenFile.Read(file) : null;
        if (!IPAddress.IsLoopback(address.Address) && (token is null || tls is null))
        {
            throw new UserErrorException(
                $"{option} {address}: whoever reaches this address could change everything. Name a file with a token (--token-file FILE) and a certificate (--tls-cert-file, --tls-key-file), or listen on 127.0.0.1.",
                ExitCode.InvalidUsage);
        }
        return (token, tls);
    }
}
