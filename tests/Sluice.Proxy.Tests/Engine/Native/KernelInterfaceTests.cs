using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Layer4.Udp;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tests.Engine.Native;

/// <summary>What the engine passes to the kernel is laid out and numbered as the headers of both architectures have it.</summary>
public sealed class KernelInterfaceTests
{
    public static TheoryData<Architecture> Architectures => [Architecture.X64, Architecture.Arm64];

    [Theory]
    [InlineData(Architecture.X64, 12, 4)]
    [InlineData(Architecture.Arm64, 16, 8)]
    public async Task EpollEvents_ArePackedOnX64Only(Architecture architecture, int size, int dataOffset)
    {
        using var events = new EpollEvents(3, architecture);

        Assert.Equal(size, events.Stride);
        Assert.Equal(dataOffset, events.DataOffset);
        await KernelHeaders.AssertAsync(architecture, [$"sizeof(struct epoll_event) == {size}", $"offsetof(struct epoll_event, data) == {dataOffset}", "offsetof(struct epoll_event, events) == 0"]);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public unsafe void EpollEvents_OneEntry_LeavesItsNeighboursAlone(Architecture architecture)
    {
        using var events = new EpollEvents(3, architecture);

        events.Set(2, LinuxConstants.EPOLLIN, ulong.MaxValue);
        events.Set(0, LinuxConstants.EPOLLET, 7);
        var middle = (byte*)events.Set(1, LinuxConstants.EPOLLOUT, 0x1122334455667788);

        Assert.Equal((nint)events.Pointer + events.Stride, (nint)middle);
        Assert.Equal(0x1122334455667788ul, *(ulong*)(middle + events.DataOffset));
        Assert.Equal([LinuxConstants.EPOLLET, LinuxConstants.EPOLLOUT, LinuxConstants.EPOLLIN], [events.Flags(0), events.Flags(1), events.Flags(2)]);
        Assert.Equal([7ul, 0x1122334455667788ul, ulong.MaxValue], [events.Data(0), events.Data(1), events.Data(2)]);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public async Task Constants_AreThoseOfTheHeaders(Architecture architecture)
    {
        var constants = typeof(LinuxConstants).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(field => field.IsLiteral).ToList();

        Assert.NotEmpty(constants);
        await KernelHeaders.AssertAsync(architecture, constants.Select(field => string.Create(CultureInfo.InvariantCulture, $"(unsigned)({field.Name}) == {unchecked((uint)Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture))}u")));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public async Task Structures_AreThoseOfTheHeaders(Architecture architecture) => await KernelHeaders.AssertAsync(architecture,
    [
        Size<IoVector>("iovec"),
        Offset<IoVector>("iovec", "iov_base", nameof(IoVector.Base)),
        Offset<IoVector>("iovec", "iov_len", nameof(IoVector.Length)),
        Size<MessageHeader>("msghdr"),
        Offset<MessageHeader>("msghdr", "msg_name", nameof(MessageHeader.Name)),
        Offset<MessageHeader>("msghdr", "msg_namelen", nameof(MessageHeader.NameLength)),
        Offset<MessageHeader>("msghdr", "msg_iov", nameof(MessageHeader.Vectors)),
        Offset<MessageHeader>("msghdr", "msg_iovlen", nameof(MessageHeader.VectorCount)),
        Offset<MessageHeader>("msghdr", "msg_control", nameof(MessageHeader.Control)),
        Offset<MessageHeader>("msghdr", "msg_controllen", nameof(MessageHeader.ControlLength)),
        Offset<MessageHeader>("msghdr", "msg_flags", nameof(MessageHeader.Flags)),
        Size<DatagramMessage>("mmsghdr"),
        Offset<DatagramMessage>("mmsghdr", "msg_len", nameof(DatagramMessage.Length)),
        Size<BrokenDownTime>("tm"),
        Offset<BrokenDownTime>("tm", "tm_year", nameof(BrokenDownTime.YearSince1900)),
        Offset<BrokenDownTime>("tm", "tm_gmtoff", nameof(BrokenDownTime.UtcOffset)),
        // NativeAddress and LocalAddress read and write these by offset.
        $"sizeof(struct sockaddr_in6) == {NativeAddress.MaxLength}",
        "sizeof(struct sockaddr_in) == 16",
        "offsetof(struct sockaddr_in, sin_port) == 2 && offsetof(struct sockaddr_in, sin_addr) == 4",
        "offsetof(struct sockaddr_in6, sin6_port) == 2 && offsetof(struct sockaddr_in6, sin6_addr) == 8 && offsetof(struct sockaddr_in6, sin6_scope_id) == 24",
        "sizeof(struct cmsghdr) == 16 && offsetof(struct cmsghdr, cmsg_level) == 8 && offsetof(struct cmsghdr, cmsg_type) == 12",
        "sizeof(struct in_pktinfo) == 12 && offsetof(struct in_pktinfo, ipi_spec_dst) == 4 && offsetof(struct in_pktinfo, ipi_addr) == 8",
        "sizeof(struct in6_pktinfo) == 20 && offsetof(struct in6_pktinfo, ipi6_ifindex) == 16",
        $"CMSG_SPACE(sizeof(struct in6_pktinfo)) == {LocalAddress.ControlSize}",
        "sizeof(struct linger) == 8",
    ]);

    private static string Size<T>(string structure) => string.Create(CultureInfo.InvariantCulture, $"sizeof(struct {structure}) == {Unsafe.SizeOf<T>()}");

    private static string Offset<T>(string structure, string member, string field) => string.Create(CultureInfo.InvariantCulture, $"offsetof(struct {structure}, {member}) == {Marshal.OffsetOf<T>(field)}");
}
