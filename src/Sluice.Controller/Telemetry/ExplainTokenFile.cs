using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sluice.Controller.Standalone;
using Sluice.Proxy;

namespace Sluice.Controller.Telemetry;

/// <summary>
/// A file with the token that requests show to have their answers explained. It is read again every few seconds; while it holds no
/// token, nothing is explained.
/// </summary>
internal sealed class ExplainTokenFile : IAsyncDisposable
{
    private const int MaxLength = 4096;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly ProxyServer _server;
    private readonly Action<string> _warn;
    private readonly ITimer _timer;
    private byte[] _token;
    private string? _problem;

    private ExplainTokenFile(string path, byte[] token, ProxyServer server, Action<string> warn, TimeProvider clock)
    {
        _path = path;
        _token = token;
        _server = server;
        _warn = warn;
        _server.SetExplainToken(token);
        _timer = clock.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    /// <param name="path">Null: nothing is explained.</param>
    /// <param name="server">Gets the token.</param>
    /// <param name="warn">Told when the file has become unusable.</param>
    /// <param name="clock">Says when to look again.</param>
    /// <exception cref="StandaloneException">The file cannot be read, or holds no token.</exception>
    public static ExplainTokenFile? Open(string? path, ProxyServer server, Action<string> warn, TimeProvider clock)
    {
        if (path is null)
            return null;
        return TryRead(path, out var token, out var problem) ? new ExplainTokenFile(path, token, server, warn, clock) : throw new StandaloneException(problem);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        if (!TryRead(_path, out var token, out var problem))
        {
            token = [];
            if (_problem != problem)
                _warn($"{problem}; until then nothing is explained");
        }

        _problem = problem;
        if (token.AsSpan().SequenceEqual(_token))
            return;
        _token = token;
        _server.SetExplainToken(token);
    }

    private static bool TryRead(string path, out byte[] token, [NotNullWhen(false)] out string? problem)
    {
        token = [];
        problem = null;
        try
        {
            // A file that is no token's need not be read whole to know it.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[MaxLength + 2];
            var text = Encoding.Latin1.GetString(buffer, 0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)).Trim();
            if (text.Length is < ProxyServer.MinExplainToken or > MaxLength || !text.All(c => c is > ' ' and <= '~'))
                problem = $"--explain-token-file {path}: a token has {ProxyServer.MinExplainToken} to {MaxLength} visible ASCII characters without spaces; make one with: openssl rand -hex 32";
            else
                token = Encoding.ASCII.GetBytes(text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"--explain-token-file {path}: {error.Message}";
        }

        return problem is null;
    }
}
