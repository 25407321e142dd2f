namespace Sluice.Proxy.Engine;

/// <content>
/// Output composed in place, for connections that carry many exchanges: what all of them say in one turn of the worker leaves with
/// one send.
/// </content>
internal abstract unsafe partial class StreamConnection
{
    /// <summary>
    /// Space to compose output in place; <see cref="CommitOutput"/> says how much it was. For connections that carry many
    /// exchanges: what all of them say in one turn of the worker leaves with one send. Not to be mixed with <see cref="Write"/>.
    /// </summary>
    protected Span<byte> ReserveOutput(int bytes) => _unsent.Reserve(Worker.Buffers, bytes);

    /// <summary>Queues what was composed. It is sent when the turn ends, or earlier when much has come together.</summary>
    protected void CommitOutput(int bytes)
    {
        _unsent.Commit(bytes);
        if (!IsOpen || _broken)
        {
            // Said too late: nobody hears it.
            _unsent.Clear(Worker.Buffers);
            return;
        }

        if (_blocked || Connecting)
            return;
        if (_unsent.Length >= HighWater)
        {
            FlushUnsent();
            return;
        }

        if (!_flushQueued)
        {
            _flushQueued = true;
            Worker.FlushLater(this);
        }
    }

    /// <summary>What was composed in place and has not left yet (with TLS: has not been encrypted yet).</summary>
    protected int ComposedBytes => _unsent.Length;

    /// <summary>An octet of <see cref="ComposedBytes"/>, by its distance from the end.</summary>
    protected ref byte OutputFromEnd(int distance) => ref _unsent.Pointer[_unsent.Length - distance];

    /// <summary>The turn ends.</summary>
    internal void FlushTurn()
    {
        _flushQueued = false;
        if (!IsOpen || _broken || _blocked || Connecting)
            return;
        FlushUnsent();
        if (IsOpen && !_broken && CanWrite)
            OnDrained();
    }
}
