using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>
/// A file that lines are appended to, opened anew when it was moved away or removed (looked at once a second, while lines come) and
/// when it is asked for. What cannot be written is lost and counted, and said once.
/// </summary>
internal sealed unsafe class LogFile(string path) : RecordDrain
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private int _descriptor = -1;
    private string? _openedAs; // What the kernel calls the file that is open.
    private long _lookedAt;
    private bool _isTroubled;
    private volatile bool _mustReopen;

    public override string Name => $"access log {path}";

    private bool IsStandard => path is FileLogSink.StandardOutput or FileLogSink.StandardError;

    /// <summary>Before the next line the file is opened anew.</summary>
    public void Reopen()
    {
        _mustReopen = true;
        Signal();
    }

    protected override int Write(RecordStream stream, RecordBuffer buffer)
    {
        if (!TryOpen())
            return buffer.Count;
        var lost = 0;
        fixed (byte* bytes = buffer.Bytes)
        {
            var written = WriteAll(bytes, buffer.Length);
            if (written < buffer.Length)
                lost = CountLines(buffer, written);
        }

        if (lost == 0 && _isTroubled)
        {
            _isTroubled = false;
            Report($"{Name}: can be written again");
        }

        return lost;
    }

    protected override void OnIdle()
    {
        if (_mustReopen && !IsStandard)
            TryOpen();
    }

    protected override void OnStopped() => Close();

    private int WriteAll(byte* bytes, int length)
    {
        var written = 0;
        while (written < length)
        {
            var count = (int)Libc.write_blocking(_descriptor, bytes + written, length - written);
            if (count > 0)
            {
                written += count;
                continue;
            }

            var errno = Marshal.GetLastPInvokeError();
            if (errno == LinuxConstants.EINTR)
                continue;
            if (errno == LinuxConstants.EAGAIN && !IsStopping)
            {
                // A pipe that somebody else made non-blocking: its reader is slow.
                Thread.Sleep(1);
                continue;
            }

            Trouble($"cannot be written: {Marshal.GetPInvokeErrorMessage(errno)}");
            break;
        }

        return written;
    }

    /// <summary>Lines behind what was written; one that was cut is among them.</summary>
    private static int CountLines(RecordBuffer buffer, int written) =>
        Math.Min(buffer.Count, Math.Max(1, buffer.Written[written..].Count((byte)'\n')));

    private bool TryOpen()
    {
        if (_descriptor >= 0 && (_mustReopen || HasMoved()))
            Close();
        _mustReopen = false;
        if (_descriptor >= 0)
            return true;
        if (IsStandard)
        {
            _descriptor = path == FileLogSink.StandardError ? 2 : 1;
            return true;
        }

        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            _descriptor = Libc.open(name, LinuxConstants.O_WRONLY | LinuxConstants.O_APPEND | LinuxConstants.O_CREAT | LinuxConstants.O_CLOEXEC, 0x1A0); // rw-r-----
        if (_descriptor < 0)
        {
            Trouble($"cannot be opened: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
            return false;
        }

        _openedAs = NameOfOpenFile();
        _lookedAt = Stopwatch.GetTimestamp();
        return true;
    }

    private bool HasMoved()
    {
        if (IsStandard || Stopwatch.GetElapsedTime(_lookedAt) < LookEvery)
            return false;
        _lookedAt = Stopwatch.GetTimestamp();
        return NameOfOpenFile() != _openedAs;
    }

    private string? NameOfOpenFile()
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/self/fd/{_descriptor}", returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Close()
    {
        if (_descriptor > 2)
            Libc.close(_descriptor);
        _descriptor = -1;
    }

    private void Trouble(string what)
    {
        if (_isTroubled)
            return;
        _isTroubled = true;
        Report($"{Name}: {what}; its lines are lost until it can be, and counted in sluice_access_log_lines_dropped_total");
    }
}
