namespace Sluice.Controller.Files.Native;

/// <summary>One event. Name is "" for events of the watched folder itself.</summary>
internal readonly record struct InotifyEvent(int Watch, InotifyEvents Events, string Name)
{
    public bool Has(InotifyEvents events) => (Events & events) != 0;
}
