using Sluice.ApiServer;
using Sluice.Controller.Files;
using Sluice.Controller.Publishing;
using Sluice.Controller.Standalone;
using Sluice.Controller.Statuses;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Embedded;

/// <summary>
/// An API that has been opened: its objects join those of the files. The objects of the files and all statuses are shown there as
/// soon as somebody asks, and not before, since they cost time and memory.
/// </summary>
internal sealed class ApiSession : IAsyncDisposable
{
    /// <summary>In place of a file in findings.</summary>
    private const string Place = "Kubernetes API";

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _isShown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ApiObjects _objects;
    private readonly ShownFiles _files;
    private readonly LayeredObjects _layers = new();
    private readonly StatusPublisher _statuses;
    private readonly StatusWriter _writer;
    private readonly Task _following;
    private Task _writing = Task.CompletedTask;
    private volatile bool _isAsked;
    private volatile bool _showsFiles;

    /// <param name="api">Disposed with this.</param>
    /// <param name="options">Of the instance.</param>
    /// <param name="changed">Called, on any thread, when <see cref="Compose"/> would say something new.</param>
    /// <param name="reporter">Told of what goes wrong.</param>
    /// <param name="clock">The time.</param>
    public ApiSession(KubernetesApi api, StandaloneOptions options, Action changed, StandaloneReporter reporter, TimeProvider clock)
    {
        Api = api;
        var names = StandaloneTranslation.ControllerNames(options);
        var book = new StatusBook(names, clock);
        _objects = new ApiObjects(api.Feed, book, changed, reporter.ApiFault);
        _files = new ShownFiles(api);
        _statuses = new StatusPublisher(book, names);
        _statuses.SetBundleVersion(KubernetesApi.GatewayApiVersion);
        _writer = new StatusWriter(book, new InProcessStatusApi(api.Handler, options.Api?.Token), new StatusMerge(names), clock)
        {
            OnFailure = (kind, name, error) => reporter.Warn($"the status of {kind} {name} could not be written: {error.Message}"),
        };
        _following = Task.Run(() => _objects.RunAsync(_stop.Token));
    }

    public KubernetesApi Api { get; }

    /// <summary>Completes when the API's own objects are known.</summary>
    public Task HasRead => _objects.HasRead;

    /// <summary>Completes when the API shows what is in force, statuses included.</summary>
    public Task IsShown => _isShown.Task;

    /// <summary>Somebody wants to see what is in force; <see cref="Compose"/> and <see cref="Publish"/> do it.</summary>
    public void Ask() => _isAsked = true;

    /// <summary>The objects of files and API together. Called by one caller at a time.</summary>
    public SourceUpdate Compose(SourceUpdate files)
    {
        var changes = _objects.TakeChanges();
        if (_isAsked)
        {
            _files.Show(files, changes);
            _showsFiles = true;
        }
        var snapshot = _layers.Merge(files.Snapshot, changes);
        var refused = _objects.Refused;
        ManifestDiagnostic[] findings = [.. _layers.Diagnostics(), .. refused.Select(Finding)];
        return files with
        {
            Snapshot = snapshot,
            Diagnostics = findings.Length == 0 ? files.Diagnostics : [.. files.Diagnostics, .. findings],
            Refused = refused,
            ApiObjectCount = _layers.Count,
        };
    }

    /// <summary>Shows the statuses of what is in force. Called by one caller at a time.</summary>
    public void Publish(ControllerState state)
    {
        if (!_showsFiles || _stop.IsCancellationRequested)
            return;
        _statuses.Publish(state);
        if (_isShown.Task.IsCompleted || !_writing.IsCompleted)
            return;
        _writing = Task.Run(() => _writer.RunAsync(_stop.Token));
        _ = _writer.HasSettled.ContinueWith(_ => _isShown.TrySetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Ends all watches, keeps what is to be kept, and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _isShown.TrySetResult();
        await Task.WhenAll(_following, _writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Api.DisposeAsync();
        _stop.Dispose();
    }

    private static ManifestDiagnostic Finding(RefusedObject value) =>
        new(ManifestSeverity.Error, Place, 0, 0, $"cannot be served: {value.Message}") { Kind = value.Kind, Object = value.Key.ToString() };
}
