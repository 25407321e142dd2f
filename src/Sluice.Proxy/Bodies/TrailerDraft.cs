using Sluice.Proxy.Http;

namespace Sluice.Proxy.Bodies;

/// <summary>Trailers that wait until the body before them is gone.</summary>
internal sealed class TrailerDraft(int maxFields) : MessageDraft
{
    public override FieldSection Fields { get; } = new(maxFields);

    public void Take(FieldSection source)
    {
        Forget();
        TakeFields(source, default);
    }
}
