using System.Runtime.InteropServices;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Layer4.Udp;

/// <summary>
/// Datagrams that are received or sent with one system call (recvmmsg, sendmmsg). Each has a slot for the largest that there is;
/// only pages that were written to are ever in memory.
/// </summary>
internal sealed unsafe class DatagramBatch : IDisposable
{
    public const int Capacity = 64;

    /// <summary>Bytes of the largest datagram, and a little more.</summary>
    private const int SlotSize = 64 * 1024;

    /// <summary>Not a power of two: the beginnings of the slots would all compete for the same lines of the cache.</summary>
    private const int Stride = SlotSize + 320;

    private const int AddressStride = 32;

    private readonly byte* _data = (byte*)NativeMemory.AlignedAlloc(Capacity * Stride, 4096);
    private readonly byte* _addresses = (byte*)NativeMemory.AllocZeroed(Capacity * AddressStride);
    private readonly byte* _controls = (byte*)NativeMemory.AllocZeroed(Capacity * LocalAddress.ControlSize);
    private readonly IoVector* _vectors = (IoVector*)NativeMemory.AllocZeroed((nuint)(Capacity * sizeof(IoVector)));
    private readonly DatagramMessage* _messages = (DatagramMessage*)NativeMemory.AllocZeroed((nuint)(Capacity * sizeof(DatagramMessage)));

    public DatagramBatch()
    {
        for (var i = 0; i < Capacity; i++)
        {
            _vectors[i].Base = _data + (i * Stride);
            _messages[i].Header.Vectors = &_vectors[i];
            _messages[i].Header.VectorCount = 1;
        }
    }

    public int LengthOf(int index) => (int)_vectors[index].Length;

    public ReadOnlySpan<byte> Datagram(int index) => new(_vectors[index].Base, LengthOf(index));

    /// <summary>The sender's struct sockaddr.</summary>
    public ReadOnlySpan<byte> AddressOf(int index) => new(_addresses + (index * AddressStride), (int)_messages[index].Header.NameLength);

    /// <summary>The address that the datagram was sent to, as the kernel told it; none when it was not asked to.</summary>
    public LocalAddress LocalAddressOf(int index) => new(new ReadOnlySpan<byte>(_controls + (index * LocalAddress.ControlSize), (int)_messages[index].Header.ControlLength));

    /// <summary>Receives into the slots from <paramref name="first"/> on, with senders; how many came, or minus errno.</summary>
    public int Receive(int socket, int first, int most, bool withLocalAddress)
    {
        for (var i = first; i < first + most; i++)
        {
            ref var header = ref _messages[i].Header;
            header.Name = _addresses + (i * AddressStride);
            header.NameLength = NativeAddress.MaxLength;
            header.Control = withLocalAddress ? _controls + (i * LocalAddress.ControlSize) : null;
            header.ControlLength = withLocalAddress ? (nuint)LocalAddress.ControlSize : 0;
        }

        return Receive(socket, first, most);
    }

    /// <summary>Receives from a connected socket: the sender is known.</summary>
    public int ReceiveConnected(int socket, int first, int most)
    {
        ForgetAddresses(first, most);
        return Receive(socket, first, most);
    }

    /// <summary>Says where a datagram goes, and from which address.</summary>
    public void SetDestination(int index, in NativeAddress destination, in LocalAddress local)
    {
        ref var header = ref _messages[index].Header;
        var address = _addresses + (index * AddressStride);
        destination.Value.CopyTo(new Span<byte>(address, AddressStride));
        header.Name = address;
        header.NameLength = (uint)destination.Length;
        var control = _controls + (index * LocalAddress.ControlSize);
        var length = local.Write(new Span<byte>(control, LocalAddress.ControlSize));
        header.Control = length > 0 ? control : null;
        header.ControlLength = (nuint)length;
    }

    /// <summary>Sends to where the socket is connected to; how many went, or minus errno of the first.</summary>
    public int SendConnected(int socket, int first, int count)
    {
        if (count == 1)
        {
            var sent = Libc.send(socket, (byte*)_vectors[first].Base, (nint)_vectors[first].Length, LinuxConstants.MSG_NOSIGNAL);
            return sent < 0 ? -Libc.Errno : 1;
        }

        ForgetAddresses(first, count);
        return Send(socket, first, count);
    }

    /// <summary>Sends to the destinations that were set; how many went, or minus errno of the first.</summary>
    public int Send(int socket, int first, int count)
    {
        var sent = Libc.sendmmsg(socket, _messages + first, (uint)count, LinuxConstants.MSG_NOSIGNAL);
        return sent < 0 ? -Libc.Errno : sent;
    }

    private int Receive(int socket, int first, int most)
    {
        for (var i = first; i < first + most; i++)
            _vectors[i].Length = SlotSize;
        var count = Libc.recvmmsg(socket, _messages + first, (uint)most, LinuxConstants.MSG_DONTWAIT, null);
        if (count < 0)
            return -Libc.Errno;
        for (var i = first; i < first + count; i++)
            _vectors[i].Length = _messages[i].Length;
        return count;
    }

    private void ForgetAddresses(int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            ref var header = ref _messages[i].Header;
            header.Name = null;
            header.NameLength = 0;
            header.Control = null;
            header.ControlLength = 0;
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
        NativeMemory.Free(_addresses);
        NativeMemory.Free(_controls);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_messages);
    }
}
