namespace Sluice.Proxy.Http2.Hpack;

/// <summary>Indexes of the static table (RFC 7541 appendix A) that the code names: the first of each name.</summary>
internal static class HpackIndex
{
    public const int Authority = 1;
    public const int Method = 2;
    public const int MethodPost = 3;
    public const int Path = 4;
    public const int Scheme = 6;
    public const int SchemeHttps = 7;
    public const int Status = 8;
    public const int Authorization = 23;
    public const int ContentLength = 28;
    public const int ContentType = 31;
    public const int Cookie = 32;
    public const int Date = 33;
    public const int Host = 38;
    public const int Location = 46;
    public const int ProxyAuthorization = 49;
    public const int Server = 54;
    public const int SetCookie = 55;
}
