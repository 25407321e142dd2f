using System.Globalization;
using Sluice.Exporter.Exposition;

namespace Sluice.Exporter.Scraping;

/// <summary>The process as the system sees it, under the names that every Prometheus client library uses.</summary>
internal static class ProcessMetrics
{
    public static void Write(OwnMetrics metrics)
    {
        metrics.Declare("process_cpu_seconds_total", MetricType.Counter, "User and system CPU time.").Sample(Environment.CpuUsage.TotalTime.TotalSeconds);
        metrics.Declare("process_start_time_seconds", MetricType.Gauge, "When the process started, in seconds since 1970.").Sample(StartTime.Value);
        metrics.Declare("process_open_fds", MetricType.Gauge, "Number of open file descriptors.").Sample(Directory.GetFileSystemEntries("/proc/self/fd").Length);
        metrics.Declare("process_resident_memory_bytes", MetricType.Gauge, "Size of resident memory.").Sample(ResidentBytes());
    }

    private static Lazy<double> StartTime { get; } = new(() =>
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    });

    /// <summary>Field 2 of proc_pid_statm(5), in pages.</summary>
    private static double ResidentBytes() =>
        double.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}
