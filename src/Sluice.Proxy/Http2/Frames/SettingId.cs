namespace Sluice.Proxy.Http2.Frames;

/// <summary>Parameters of SETTINGS (RFC 9113 6.5.2, RFC 8441 3). Others are ignored.</summary>
internal enum SettingId : ushort
{
    HeaderTableSize = 1,
    EnablePush = 2,
    MaxConcurrentStreams = 3,
    InitialWindowSize = 4,
    MaxFrameSize = 5,
    MaxHeaderListSize = 6,
    EnableConnectProtocol = 8,
}
