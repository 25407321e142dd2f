using System.CommandLine;
using Sluice.Cli.Api;
using Sluice.Cli.Options;
using Sluice.Controller.Standalone;

namespace Sluice.Cli.Run;

/// <summary>The options of the Kubernetes API that <c>sluice run</c> serves.</summary>
internal sealed class RunApiOptions
{
    private readonly Option<AdminAddress?> _address = NetworkOptions.Api("--api", "Where the Kubernetes API listens, for kubectl --server; off for none. Default: 127.0.0.1:6480, or none when that is taken.");
    private readonly Option<string?> _data = new("--data") { HelpName = "FOLDER", Description = "Where what is applied through the Kubernetes API is kept. Default: the first PATH that is a folder." };
    private readonly ApiAccessOptions _access = new();

    public void AddTo(Command command)
    {
        command.Add(_address);
        command.Add(_data);
        _access.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_address) is not { Tokens: [{ Value: AdminAddress.Off }] })
                return;
            if (result.GetValue(_data) is { } data)
                result.AddError($"--data is for the Kubernetes API, which --api off leaves out; to serve what is kept in {data}, name it as a PATH.");
            else if (_access.Given(result) is { } useless)
                result.AddError($"{useless} is for the Kubernetes API, which --api off leaves out.");
        });
    }

    /// <summary>Null for none.</summary>
    /// <exception cref="UserErrorException">A file cannot be used, or the address needs what is not given.</exception>
    public StandaloneApiOptions? Read(ParseResult parsed)
    {
        var chosen = parsed.GetValue(_address);
        if (chosen is { EndPoint: null })
            return null;
        var address = chosen?.EndPoint ?? StandaloneApiOptions.DefaultEndPoint;
        var (token, tls) = _access.Read(parsed, _address.Name, address);
        return new StandaloneApiOptions { EndPoint = address, IsRequired = chosen is not null, DataFolder = parsed.GetValue(_data), Token = token, Tls = tls };
    }
}
