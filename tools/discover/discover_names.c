#include "tools/discover/discover_names.h"

#include "tools/cli/letters.h"
#include "tools/discover/discover_listed.h"
#include "tools/discover/discover_words.h"

/* Each list begins with what says it best. Longer names before shorter ones where both may stand in
 * one table: "deal id" before "deal". */
static const struct {
    enum discover_role role;
    const char *property, *names;
} dictionary[] = {
    { DISCOVER_DEAL, NULL,
      "dealid opportunityid opportunityid18 iddeal dealnumber dealno dealnr dealnummer dealkey "
      "opportunitynumber opportunitynr vorgangsnummer vorgangsnr vorgangid chancennummer chancenid "
      "verkaufschancenid geschaftsid geschaeftsid iddelnegocio idnegocio iddelaoportunidad "
      "idoportunidad idopportunita idtrattativa idaffaire idopportunite idopportunidade kansid "
      "dealkenmerk recordid hsobjectid caseid caseidentifier leadid projectid projektid id nummer "
      "number nr no numero" },
    { DISCOVER_DEAL, "deal_name",
      "deal opportunity vorgang verkaufschance chance geschaft geschaeft negocio oportunidad "
      "opportunita trattativa affaire opportunite oportunidade kans case lead projekt project" },
    { DISCOVER_NAME, NULL,
      "dealname dealtitle opportunityname opportunitytitle nameofdeal namederverkaufschance "
      "nombredelnegocio nombredelaoportunidad nomdelaffaire nomdelatransaction nomedeltrattativa "
      "nomedellatrattativa nomedonegocio dealnaam name title titel bezeichnung nom nombre nome "
      "naam "
      "titre titulo titolo betreff subject" },
    { DISCOVER_STAGE, NULL,
      "tostage newstage stageto newstagename neuephase neuestufe nachphase zuphase phaseneu "
      "stufeneu "
      "nuevaetapa nouvelleetape nuovafase dealstage stagename opportunitystage salesstage "
      "pipelinestage stage stagelabel vertriebsphase verkaufsphase dealphase phase stufe etapa "
      "etapadelnegocio fase fasevenda fasedelatrattativa fasedeltrattativa etape "
      "phasedelatransaction stadio stadium dealfase verkoopfase stap step" },
    { DISCOVER_STATUS, NULL, "status dealstatus stand zustand statut estado stato" },
    { DISCOVER_FROM, NULL,
      "fromstage oldstage previousstage stagefrom priorstage laststage altephase altestufe "
      "vorherigephase vonphase phasealt stufealt etapaanterior ancienneetape faseprecedente "
      "vorigefase" },
    { DISCOVER_SINCE, NULL,
      "laststagechangedate laststagechange stagechangedate stagechangedat dateenteredstage "
      "stageentereddate stageenteredat stageentered dateenteredcurrentstage enteredcurrentstage "
      "hsv2dateenteredcurrentstage stagesince inphaseseit phaseseit phaseseitdem stufeseit "
      "letzterphasenwechsel letztephasenanderung phasenwechsel phasegeandertam phasegeaendertam "
      "fechadecambiodeetapa fechacambioetapa datechangementetape datechangementdetape "
      "datacambiofase fasesinds" },
    { DISCOVER_CHANGED, NULL,
      "changedate changedat changedon changed dateofchange editdate edited editedat timestamp "
      "datetime eventtime eventdate transitiondate occurredat date time day since from datum zeit "
      "zeitpunkt zeitstempel uhrzeit tag geandertam geaendertam anderungsdatum aenderungsdatum "
      "datumderanderung datumderaenderung seit ab fecha fechahora fechadecambio fechacambio "
      "datedechangement datechangement quand horodatage data dataora dataemodifica datamodifica "
      "datadicambio datadealteracao datadamudanca cuando quando wann wanneer tijdstip "
      "gewijzigdop" },
    { DISCOVER_MODIFIED, NULL,
      "lastmodifieddate lastmodified lastmodifiedat lastmodifiedon modifieddate modified "
      "modifiedat "
      "modifiedon updatetime updated updatedat updatedon lastupdated hslastmodifieddate "
      "zuletztgeandertam zuletztgeaendertam letzteanderung letzteaenderung aktualisiertam "
      "fechademodificacion fechadeultimamodificacion datedemodification datedederniermodification "
      "dataultimamodifica datademodificacao laatstgewijzigd" },
    { DISCOVER_CREATED, NULL,
      "createdate createddate created createdat createdon creationdate datecreated addtime added "
      "dateadded opened openeddate openedon opendate dateopened engagedate angelegtam angelegt "
      "anlagedatum erstelltam erstelldatum erstellt erstellungsdatum eroffnetam eroeffnetam "
      "erfasstam erfassungsdatum fechadecreacion creadoel fechacreacion datedecreation creele "
      "datecreation datacreazione datadicreazione datadicriacao datadecriacao criadoem "
      "aangemaaktop aanmaakdatum gemaaktop" },
    { DISCOVER_CLOSED, NULL,
      "closedate closeddate closed closedon closedat closetime dealclosedon dateclosed "
      "actualclosedate "
      "wonlostdate abschlussdatum abschluss abgeschlossenam geschlossenam abschlusstermin "
      "fechadecierre fechacierre cerradoel datedecloture datecloture clotureele datachiusura "
      "datadichiusura datadefechamento fechadoem sluitingsdatum geslotenop afgeslotenop" },
    { DISCOVER_ACTOR, NULL,
      "changedby editedby modifiedby lastmodifiedby updatedby actor author geandertvon "
      "geaendertvon "
      "bearbeitetvon bearbeiter benutzer user username usuario utilisateur utente utilizador "
      "gebruiker modificadopor modifiepar modificatoda alteradopor gewijzigddoor" },
    { DISCOVER_FIELD, NULL,
      "fieldevent fieldname field propertyname property attribute attributename changedfield feld "
      "feldname eigenschaft merkmal campo champ propriete propiedad propriedade veld" },
    { DISCOVER_VALUE, NULL,
      "newvalue valuenew tovalue neuerwert wertneu nuevovalor nouvellevaleur valeur nuovovalore "
      "novovalor nieuwewaarde value wert" },
    { DISCOVER_REASON, NULL,
      "closedlostreason lostreason lossreason reasonlost reasonforloss reasonforlosing "
      "closedreason "
      "verlustgrund grundfurverlust grundfuerverlust absagegrund ablehnungsgrund motivodeperdida "
      "razondeperdida motivoperdita motivodellaperdita raisondelaperte raisondeperte "
      "motivodaperda motivodeperda verliesreden redenverlies" },
    { DISCOVER_PROPERTY, "deal_type",
      "dealtype opportunitytype type typeofdeal art typ dealtyp dealart geschaftsart geschaeftsart "
      "typdesgeschafts auftragsart kundenart tipo tipodenegocio tipodeoportunidad tipodinegocio "
      "tipoditrattativa typedaffaire typedetransaction soort dealsoort" },
    { DISCOVER_PROPERTY, "amount",
      "amount dealamount dealvalue opportunityamount valueofdeal amountincompanycurrency "
      "closevalue "
      "betrag dealwert auftragswert auftragsvolumen volumen umsatz summe preis wert montant "
      "importe importo valor valore bedrag waarde dealwaarde revenue price total value" },
    { DISCOVER_PROPERTY, "mrr",
      "mrr monthlyrecurringrevenue monthlyfee monatlicherumsatz monatspreis monatlichegebuhr "
      "monatlichegebuehr ingresosrecurrentesmensuales revenumensuelrecurrent" },
    { DISCOVER_PROPERTY, "owner",
      "dealowner opportunityowner owner ownername hubspotownerid salesagent salesrep salesperson "
      "accountexecutive assignedto assigned besitzer inhaber dealbesitzer zustandig zustaendig "
      "verantwortlich verantwortlicher verkaufer verkaeufer betreuer vertriebler propietario "
      "propietariodelnegocio responsable proprietaire proprietairedelatransaction proprietario "
      "responsabile responsavel eigenaar dealeigenaar verantwoordelijke" },
    { DISCOVER_PROPERTY, "company",
      "company companyname associatedcompany account accountname organization organisation "
      "organizationname customer customername client kunde kundenname firma unternehmen societe "
      "entreprise compte cliente empresa azienda clienteazienda conta klant bedrijf" },
    { DISCOVER_PROPERTY, "contract_start",
      "contractstart contractstartdate contractstarts startofcontract servicestartdate "
      "subscriptionstartdate vertragsbeginn vertragsstart vertragsanfang beginndesvertrags "
      "laufzeitbeginn iniciodelcontrato iniciocontrato fechadeiniciodelcontrato debutducontrat "
      "datedebutcontrat iniziocontratto datainiziocontratto iniciodocontrato begincontract "
      "contractbegin startdatumcontract" },
    { DISCOVER_PROPERTY, "contract_end",
      "contractend contractenddate contractends endofcontract serviceenddate subscriptionenddate "
      "renewaldate vertragsende endedesvertrags laufzeitende findelcontrato fincontrato "
      "fechadefindelcontrato finducontrat datefincontrat finecontratto datafinecontratto "
      "fimdocontrato eindecontract contracteinde einddatumcontract" },
    { DISCOVER_PROPERTY, "tier", "tier servicetier plan tarif paket" },
    { DISCOVER_PROPERTY, "pipeline", "pipeline dealpipeline pipelinename" },
    { DISCOVER_PROPERTY, "renews", "renews renewalof renewsdeal verlangertvon verlaengert" },
    { DISCOVER_PROPERTY, "parked_until",
      "parkeduntil onholduntil geparktbis zuruckgestelltbis wiedervorlage" },
    { DISCOVER_PROPERTY, "icp_version", "icpversion" },
    { DISCOVER_PROPERTY, "close_date",
      "expectedclosedate estimatedclosedate forecastclosedate voraussichtlichesabschlussdatum "
      "erwartetesabschlussdatum voraussichtlicherabschluss fechadecierreprevista "
      "datedecloturepreve datachiusuraprevista" },
    { DISCOVER_PROPERTY, "probability", "probability wahrscheinlichkeit" },
    { DISCOVER_PROPERTY, "currency", "currency dealcurrency currencyofvalue wahrung waehrung" },
};
enum { DICTIONARY_N = sizeof(dictionary) / sizeof(dictionary[0]), RANKS = 1000 };

/* Exports say of which object a column is: "Deal - Title", "Opportunity Name". */
static bool cut_object(struct bc_str *word)
{
    static const char *const objects[] = { "deal", "opportunity", "lead" };

    for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++) {
        size_t len = strlen(objects[i]);

        if (word->len > len && memcmp(word->at, objects[i], len) == 0) {
            *word = (struct bc_str){ word->at + len, word->len - len };
            return true;
        }
    }
    return false;
}

static bool look_up(struct discover_named *out, struct bc_str word)
{
    for (size_t i = 0; i < DICTIONARY_N; i++) {
        unsigned at;

        if (!discover_listed(&at, dictionary[i].names, word))
            continue;
        *out = (struct discover_named){ dictionary[i].role, dictionary[i].property,
                                        (unsigned)i * RANKS + at, BC_NO_STAGE, false };
        return true;
    }
    return false;
}

/* "Date entered", "am": words about a stage's name that say that it is a time. */
static const char noise[] =
    "date dates time timestamp datum data fecha le la el il al de di del der des du the on at in "
    "into of to am ab seit since entered enter entry entrance moved reached started start eingang "
    "eintritt erreicht entrada entree ingresso stage phase stufe etapa etape fase sales pipeline "
    "deal hs v2 zum";

/* Without what stands in parentheses at its end, as the pipeline of a stage. */
static struct bc_str without_tail(struct bc_str name)
{
    const char *open = name.len ? memrchr(name.at, '(', name.len) : NULL;

    return open && open > name.at ? bc_str_part(name, 0, (size_t)(open - name.at)) : name;
}

/* The words of a name that may be a stage's, and whether others say that it is a time. */
struct about {
    struct bc_buf rest;
    bool marked, timed, other;
};

static void take_word(struct about *about, struct bc_str word)
{
    static const char marks[] = "entered entry eingang eintritt erreicht reached entrada";
    static const char others[] = "exited exit left leaving cumulative verlassen duration days";
    unsigned place;

    about->marked |= discover_listed(&place, marks, word);
    about->other |= discover_listed(&place, others, word);
    if (discover_listed(&place, noise, word))
        about->timed = true;
    else
        bc_buf_printf(&about->rest, "%s%.*s", about->rest.len ? " " : "", BC_STR_ARG(word));
}

/* The stage in "Date entered 'Discovery (Sales Pipeline)'" or "Proposal am". */
static bool entered(struct discover_named *out, const bc_rules *rules, struct bc_str name)
{
    struct discover_meaning meaning;
    struct about about = { .marked = false };
    struct bc_buf words = { 0 };
    bool found;

    letters_of(&words, without_tail(name), ' ');
    for (size_t at = 0; at < words.len;) {
        const char *end = memchr(words.at + at, ' ', words.len - at);
        const struct bc_str word =
            bc_str_part(bc_buf_str(&words), at, end ? (size_t)(end - words.at) : words.len);

        take_word(&about, word);
        at += word.len + 1;
    }
    meaning = discover_stage(rules, bc_buf_str(&about.rest));
    found = !about.other && (about.marked || (about.timed && meaning.to && !meaning.like));
    if (found)
        *out = (struct discover_named){ .role = DISCOVER_ENTERED,
                                        .stage = meaning.to
                                                     ? bc_rules_stage(rules, bc_str_of(meaning.to))
                                                     : BC_NO_STAGE,
                                        .like = meaning.like };
    bc_buf_release(&words);
    bc_buf_release(&about.rest);
    return found;
}

struct discover_named discover_name(const bc_rules *rules, struct bc_str name)
{
    struct discover_named out = { .role = DISCOVER_NONE, .stage = BC_NO_STAGE };
    struct bc_buf folded = { 0 };
    struct bc_str word;
    bool found;

    letters_of(&folded, name, 0);
    word = bc_buf_str(&folded);
    found = look_up(&out, word);
    while (!found && cut_object(&word))
        found = look_up(&out, word);
    if (!found)
        (void)entered(&out, rules, name);
    bc_buf_release(&folded);
    return out;
}
