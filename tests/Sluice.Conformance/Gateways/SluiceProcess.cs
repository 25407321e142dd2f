namespace Sluice.Conformance.Gateways;

/// <summary><c>sluice run</c> on the folder of objects: what is tested.</summary>
internal sealed class SluiceProcess : IAsyncDisposable
{
    private const string AdminLine = "Admin endpoint ";

    private readonly ChildProcess _process;

    private SluiceProcess(ChildProcess process, AdminClient admin)
    {
        _process = process;
        Admin = admin;
    }

    public AdminClient Admin { get; }

    public string Errors => _process.Errors;

    public bool HasExited => _process.HasExited;

    public static async Task<SluiceProcess> StartAsync(string sluice, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var admin = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = ChildProcess.Start(sluice, ["run", "--admin", "127.0.0.1:0", .. arguments], line =>
        {
            if (line.StartsWith(AdminLine, StringComparison.Ordinal))
                admin.TrySetResult(new Uri(line[AdminLine.Length..]));
            else if (line.StartsWith("Ready in ", StringComparison.Ordinal))
                ready.TrySetResult();
        });
        try
        {
            await process.WaitForAsync(Task.WhenAll(admin.Task, ready.Task), "sluice run is ready", cancellation);
            return new SluiceProcess(process, new AdminClient(await admin.Task));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await _process.DisposeAsync();
    }
}
