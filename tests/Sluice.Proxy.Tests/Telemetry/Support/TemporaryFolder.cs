namespace Sluice.Proxy.Tests.Telemetry.Support;

/// <summary>A folder for log files, removed with what is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("sluice-logs-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Whole lines that are there by now.</summary>
    public string[] Lines(string name)
    {
        var file = this[name];
        if (!File.Exists(file))
            return [];
        var text = File.ReadAllText(file);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
