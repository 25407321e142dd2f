using System.Globalization;

namespace Sluice.Controller.Telemetry;

/// <summary>The process as the system sees it, under the names that every Prometheus client library uses.</summary>
internal static class ProcessMetrics
{
    /// <summary>USER_HZ of /proc, 100 on every Linux architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    public static void Write(PrometheusWriter writer)
    {
        // Fields after the command, which ends with the last ")": state is number 3 of proc_pid_stat(5).
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var processor = (Number(fields[14 - 3]) + Number(fields[15 - 3])) / TicksPerSecond;
        writer.Counter("process_cpu_seconds_total", "User and system CPU time.", processor);
        writer.Gauge("process_start_time_seconds", "When the process started, in seconds since 1970.", BootTime() + (Number(fields[22 - 3]) / TicksPerSecond));
        writer.Gauge("process_virtual_memory_bytes", "Size of virtual memory.", Number(fields[23 - 3]));
        WriteResident(writer);
        writer.Gauge("process_open_fds", "Number of open file descriptors.", Directory.GetFileSystemEntries("/proc/self/fd").Length);
        writer.Counter("dotnet_gc_collections_total", "Garbage collections of all generations.", GC.CollectionCount(0));
        writer.Gauge("dotnet_gc_heap_bytes", "Size of the managed heap at the last collection.", GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
    }

    private static void WriteResident(PrometheusWriter writer)
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                writer.Gauge("process_resident_memory_bytes", "Size of resident memory.", Kilobytes(line));
            else if (line.StartsWith("RssAnon:", StringComparison.Ordinal))
                writer.Gauge("sluice_process_private_memory_bytes", "Resident memory that belongs to no file.", Kilobytes(line));
        }
    }

    private static double Kilobytes(string line) => Number(line.Split(':', 2)[1].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;

    private static double BootTime()
    {
        foreach (var line in File.ReadLines("/proc/stat"))
        {
            if (line.StartsWith("btime ", StringComparison.Ordinal))
                return Number(line["btime ".Length..]);
        }
        return 0;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
