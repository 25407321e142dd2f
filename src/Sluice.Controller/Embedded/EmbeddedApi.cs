using Sluice.ApiServer;
using Sluice.ApiServer.Persistence;
using Sluice.Controller.Files;
using Sluice.Controller.Publishing;
using Sluice.Controller.Standalone;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Embedded;

/// <summary>
/// The Kubernetes API of an instance without a cluster. It is opened by the first request, or at the start when objects are kept
/// that are to be served; until then it costs a socket.
/// </summary>
internal sealed class EmbeddedApi : ILocalHandler, IAsyncDisposable
{
    /// <summary>The first request waits until there is something to see, but no longer than this: a change that cannot be put in force keeps nobody from looking.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly StandaloneOptions _options;
    private readonly StandaloneApiOptions _apiOptions;
    private readonly StandaloneReporter _reporter;
    private readonly TimeProvider _clock;
    private readonly ApiDataFolder? _data;
    private readonly Lock _opening = new();
    private Task<ApiSession>? _asking;
    private volatile ApiSession? _session;
    private volatile bool _isReadOnly;
    private volatile bool _isStopped;

    /// <param name="options">With those of the API.</param>
    /// <param name="reporter">Told of problems.</param>
    /// <param name="clock">The time.</param>
    public EmbeddedApi(StandaloneOptions options, StandaloneReporter reporter, TimeProvider clock)
    {
        (_options, _reporter, _clock) = (options, reporter, clock);
        _apiOptions = options.Api!;
        _data = ApiDataFolder.Of(options);
    }

    /// <summary>Called, on any thread, when <see cref="Compose"/> would say something new.</summary>
    public Action? Changed { get; set; }

    /// <summary>Called, on any thread, when <see cref="Owns"/> may have changed its mind about files that were read already.</summary>
    public Action? Opened { get; set; }

    /// <summary>What becomes of what is applied, for people.</summary>
    public string Keeping => _data is null ? "what is applied is gone at the end, unless --data names a folder"
        : _isReadOnly ? "read-only"
        : $"what is applied is kept in {_data.Path}";

    public int MaxBodyBytes => KubernetesApi.MaxBodyBytes;

    /// <summary>Opens the API where there are objects of it to be served.</summary>
    /// <exception cref="StandaloneException">The folder that was chosen for them cannot be used.</exception>
    public Task OpenAsync() => _data is { } data && (data.IsChosen || data.HasObjects) ? OpenAsync(data) : Task.CompletedTask;

    /// <summary>Whether a file, named without links, keeps an object of the API, which is then nobody else's to read.</summary>
    public bool Owns(string file) => _session?.Api.OwnsFile(file) == true;

    /// <summary>Someone has done something to a file that <see cref="Owns"/>; null: to any of them.</summary>
    public void TakeEdits(string? file)
    {
        if (_isStopped || _session is not { } session)
            return;
        if (file is null)
            session.Api.Reload();
        else
            session.Api.Reload(file);
    }

    /// <inheritdoc cref="ApiSession.Compose"/>
    public SourceUpdate Compose(SourceUpdate files) => _session?.Compose(files) ?? files;

    /// <inheritdoc cref="ApiSession.Publish"/>
    public void Publish(ControllerState state) => _session?.Publish(state);

    public async ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
    {
        if (_isStopped)
            return Stopping();
        try
        {
            var session = await AskAsync();
            return _isStopped ? Stopping() : await session.Api.Handler.HandleAsync(request, cancellationToken);
        }
        catch (ObjectDisposedException) when (_isStopped)
        {
            return Stopping();
        }
    }

    /// <summary>Ends all watches, keeps what is to be kept, and lets go of the folder. Requests are answered with 503 from here on.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<ApiSession>? asking;
        lock (_opening)
        {
            if (_isStopped)
                return;
            _isStopped = true;
            asking = _asking;
        }
        if (_session is { } session)
            await session.DisposeAsync();
        if (asking is not null)
            await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task OpenAsync(ApiDataFolder data)
    {
        try
        {
            _session = Open(data.Prepare(), null);
            await _session.HasRead;
        }
        catch (DataFolderException error) when (data.IsChosen)
        {
            throw new StandaloneException($"--data: {error.Message}", error);
        }
        catch (DataFolderException error)
        {
            _isReadOnly = true;
            _reporter.Warn($"{error.Message}: what is kept there is read as it is, and the Kubernetes API changes nothing");
        }
    }

    private Task<ApiSession> AskAsync()
    {
        lock (_opening)
            return _asking ??= Task.Run(StartAsync);
    }

    private async Task<ApiSession> StartAsync()
    {
        ApiSession session;
        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_isStopped, this);
            session = _session ??= OpenOrReadOnly();
            session.Ask();
        }
        await session.HasRead;
        Opened?.Invoke();
        Changed?.Invoke();
        await Task.WhenAny(session.IsShown, Task.Delay(Patience, _clock));
        return session;
    }

    private ApiSession OpenOrReadOnly()
    {
        try
        {
            return Open(_data?.Prepare(), null);
        }
        catch (DataFolderException error)
        {
            if (!_isReadOnly)
                _reporter.Warn($"the Kubernetes API changes nothing: {error.Message}");
            return Open(null, $"{error.Message}. Start with another folder (--data FOLDER) to change them");
        }
    }

    private ApiSession Open(string? folder, string? readOnlyReason)
    {
        var api = KubernetesApi.Start(new KubernetesApiOptions
        {
            Token = _apiOptions.Token,
            DataFolder = folder,
            ReadOnlyReason = readOnlyReason,
            Version = _options.Version,
            Problem = _reporter.Warn,
            Faulted = _reporter.ApiFault,
            Clock = _clock,
        });
        return new ApiSession(api, _options, () => Changed?.Invoke(), _reporter, _clock);
    }

    private static LocalResponse Stopping() => new(
        503,
        "application/json",
        """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server is stopping","reason":"ServiceUnavailable","code":503}"""u8.ToArray());
}
