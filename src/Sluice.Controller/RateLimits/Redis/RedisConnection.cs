using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Controller.RateLimits.Redis;

/// <summary>One connection to a Redis server. Commands of several callers are on their way at a time; answers come in their order.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly int _maxPending;
    private readonly Lock _lock = new();
    private readonly Queue<Pending> _pending = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly List<byte[]> _unsent = [];
    private readonly Task _running;
    private volatile bool _isClosed;
    private string _reason = "the connection was closed";

    private RedisConnection(Socket socket, int maxPending)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        _maxPending = maxPending;
        _running = Task.WhenAll(ReadAsync(), WriteAsync());
    }

    public bool IsOpen => !_isClosed;

    /// <exception cref="IOException">The server refuses the password.</exception>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    public static async Task<RedisConnection> OpenAsync(RedisOptions options, TimeProvider clock)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var timeout = new CancellationTokenSource(options.Timeout, clock);
            await socket.ConnectAsync(options.Server, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            socket.Dispose();
            throw error is OperationCanceledException ? new IOException($"Redis at {options.Server.Host}:{options.Server.Port} cannot be reached within {options.Timeout.TotalMilliseconds} ms", error) : error;
        }
        var connection = new RedisConnection(socket, options.MaxPending);
        if (options.Password is not { } password)
            return connection;
        try
        {
            var size = Encoding.UTF8.GetByteCount(password).ToString(CultureInfo.InvariantCulture);
            await connection.SendAsync(Encoding.UTF8.GetBytes($"*2\r\n$4\r\nAUTH\r\n${size}\r\n{password}\r\n"), 1).WaitAsync(options.Timeout, clock).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends commands; the result has the number that each answers, 0 for one that answers no number.</summary>
    /// <param name="commands">As they are written.</param>
    /// <param name="answers">How many answers there will be.</param>
    public Task<long[]> SendAsync(byte[] commands, int answers)
    {
        var pending = new Pending(answers);
        lock (_lock)
        {
            if (_isClosed)
                throw new IOException(_reason);
            if (_pending.Count >= _maxPending)
                throw new IOException($"{_pending.Count} questions wait for the Redis server already");
            _pending.Enqueue(pending);
            _unsent.Add(commands);
            if (_unsent.Count == 1)
                _signal.Release();
        }
        return pending.Completion.Task;
    }

    /// <summary>Gives the connection up, with all that waits on it.</summary>
    public void Abandon(string reason)
    {
        List<Pending> waiting;
        lock (_lock)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            _reason = reason;
            waiting = [.. _pending];
            _pending.Clear();
            _unsent.Clear();
            _signal.Release();
        }
        _socket.Dispose();
        foreach (var pending in waiting)
            pending.Fail(reason);
    }

    public async ValueTask DisposeAsync()
    {
        Abandon("the connection was closed");
        await _running.ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        _signal.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new List<byte[]>();
        try
        {
            while (true)
            {
                await _signal.WaitAsync().ConfigureAwait(false);
                lock (_lock)
                {
                    if (_isClosed)
                        return;
                    batch.AddRange(_unsent);
                    _unsent.Clear();
                }

                // All that has come together goes out together.
                await _socket.SendAsync([.. batch.Select(bytes => new ArraySegment<byte>(bytes))], SocketFlags.None).ConfigureAwait(false);
                batch.Clear();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Abandon(error.Message);
        }
    }

    private async Task ReadAsync()
    {
        var input = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await input.ReadAsync().ConfigureAwait(false);
                var buffer = read.Buffer;
                while (RespReader.TryRead(ref buffer, out var number, out var error))
                    Take(number, error);
                input.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                    throw new IOException("the server has closed the connection");
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            Abandon(error.Message);
        }
        finally
        {
            await input.CompleteAsync().ConfigureAwait(false);
        }
    }

    private void Take(long number, string? error)
    {
        Pending pending;
        lock (_lock)
        {
            if (!_pending.TryPeek(out pending!))
                throw new IOException("the server answers what it was not asked");
            if (!pending.Take(number, error))
                return;
            _pending.Dequeue();
        }
        pending.Complete();
    }

    private sealed class Pending(int answers)
    {
        private readonly long[] _answers = new long[answers];
        private string? _error;
        private int _count;

        public TaskCompletionSource<long[]> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether it was the last.</summary>
        public bool Take(long number, string? error)
        {
            _answers[_count++] = number;
            _error ??= error;
            return _count == _answers.Length;
        }

        public void Complete()
        {
            if (_error is null)
                Completion.TrySetResult(_answers);
            else
                Fail($"the Redis server refuses: {_error}");
        }

        public void Fail(string reason)
        {
            Completion.TrySetException(new IOException(reason));
            _ = Completion.Task.Exception; // Whoever asked may not wait any more.
        }
    }
}
