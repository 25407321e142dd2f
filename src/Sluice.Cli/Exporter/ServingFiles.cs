using Sluice.Cli.Api;
using Sluice.Configuration;
using Sluice.Proxy.Local;

namespace Sluice.Cli.Exporter;

/// <summary>
/// The files that an endpoint's certificate and token are in. They are read again from time to time: new contents are in force from
/// then on, what cannot be used is not.
/// </summary>
internal sealed class ServingFiles
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string? _certificate;
    private readonly string? _key;
    private readonly string? _tokenFile;
    private volatile string _token = "";
    private string? _tokenProblem;
    private string? _certificateProblem;

    private ServingFiles(string? certificate, string? key, string? tokenFile)
    {
        (_certificate, _key, _tokenFile) = (certificate, key, tokenFile);
        Tls = ApiTlsFiles.Read(certificate, key);
        if (tokenFile is not null)
            _token = TokenFile.Read(tokenFile);
    }

    /// <summary>Null when no certificate is named.</summary>
    public LocalTls? Tls { get; }

    public bool HasToken => _tokenFile is not null;

    /// <summary>"" without a file.</summary>
    public string Token => _token;

    /// <exception cref="UserErrorException">A file cannot be used, or one is named without the other.</exception>
    public static ServingFiles Read(string? certificate, string? key, string? tokenFile) => new(certificate, key, tokenFile);

    /// <summary>Follows the files until it is cancelled.</summary>
    public async Task FollowAsync(Action<string> problem, TimeProvider clock, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
            Reread(problem);
    }

    /// <summary>Reads the files once more.</summary>
    /// <param name="problem">Told when they cannot be used; not again for the same reason.</param>
    public void Reread(Action<string> problem)
    {
        if (_tokenFile is { } file)
            Try(() => _token = TokenFile.Read(file), problem, ref _tokenProblem);
        if (Tls is { } tls)
            Try(() => ReadCertificate(tls), problem, ref _certificateProblem);
    }

    private static void Try(Action read, Action<string> problem, ref string? lastProblem)
    {
        try
        {
            read();
            lastProblem = null;
        }
        catch (Exception error) when (error is UserErrorException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            if (lastProblem != error.Message)
                problem($"{error.Message}; what was read before stays in force");
            lastProblem = error.Message;
        }
    }

    private void ReadCertificate(LocalTls tls)
    {
        var (chain, key) = (File.ReadAllText(_certificate!), File.ReadAllText(_key!));
        var shown = tls.Certificate;
        if (chain == shown.Chain && shown.PrivateKey.Equals(new PrivateKey(key)))
            return;
        tls.Replace(new TlsCertificate { Name = shown.Name, Chain = chain, PrivateKey = new PrivateKey(key) });
    }
}
