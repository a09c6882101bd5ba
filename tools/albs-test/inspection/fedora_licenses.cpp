// SPDX-License-Identifier: GPL-3.0-or-later
// Data: the approved licences of fedoraproject.org/wiki/Licensing:Main by their short names, of software, documents,
// content and fonts. That page is not changed any more.
#include "fedora_licenses.hpp"

#include <unordered_set>

#include "albs/sbom/license.hpp"

namespace albs::test {
namespace {

constexpr std::string_view names =
    "AAL|Abstyles|Adobe|ADSL|AFL|Afmparse|AGPLv1|AGPLv3|AGPLv3 with exceptions|AGPLv3+|AMDPLPA|AML|AMPAS BSD|"
    "AMS|ANTLR-PD|APAFML|App-s2p|APSL 2.0|ARL|Arphic|Array|Artistic|Artistic 2.0|Artistic clarified|ASL 1.0|"
    "ASL 1.1|ASL 2.0|Baekmuk|Bahyph|Barr|Beerware|BeOpen|Bibtex|Bitstream Vera|BitTorrent|Boost|Borceux|BSD|"
    "BSD Protection|BSD with advertising|BSD with attribution|CATOSL|CC-BY|CC-BY-ND|CC-BY-SA|CC0|CDDL|CDL|"
    "CeCILL|CeCILL-B|CeCILL-C|Charter|CNRI|Condor|Copyright only|CPAL|CPL|CPM|CRC32|Crossword|"
    "Crystal Stacker|Cube|diffmark|DMIT|DMTF|DOC|Dotseqn|DoubleStroke|DSDP|DSL|dvipdfm|DWPL|ec|ECL 1.0|"
    "ECL 2.0|eCos|EFL 2.0|EFML|eGenix|Elvish|Entessa|EPICS|EPL|ERPL|EU Datagrid|EUPL 1.1|Eurosym|Fair|FBSDDL|"
    "FDK-AAC|Free Art|Freely redistributable without restriction|FSFAP|FSFUL|FSFULLR|FTL|GeoGratis|GFDL|"
    "Giftware|GL2PS|Glide|Glulxe|gnuplot|GPL+|GPL+ with exceptions|GPLv1|GPLv2|GPLv2 with exceptions|GPLv2+|"
    "GPLv2+ with exceptions|GPLv3|GPLv3 with exceptions|GPLv3+|GPLv3+ with exceptions|Green OpenMusic|"
    "HaskellReport|Hershey|HOFL|HSRL|IBM|IEEE|IJG|ImageMagick|iMatix|Imlib2|Inner-Net|Intel ACPI|Interbase|"
    "IPA|ISC|Jabber|JasPer|JPython|Julius|Knuth|Latex2e|LBNL BSD|LDPL|Leptonica|LGPLv2|"
    "LGPLv2 with exceptions|LGPLv2+|LGPLv2+ with exceptions|LGPLv3|LGPLv3 with exceptions|LGPLv3+|"
    "LGPLv3+ with exceptions|Lhcyr|Liberation|libtiff|LLGPL|Logica|LOSLA|LPL|LPPL|Lucida|MakeIndex|"
    "mecab-ipadic|MgOpen|midnight|MirOS|MIT|MIT with advertising|MITNFA|mod_macro|Motosoto|mplus|MPLv1.0|"
    "MPLv1.1|MPLv2.0|MS-PL|MS-RL|MTLL|Mup|Naumen|NCSA|NetCDF|Netscape|Newmat|Newsletr|NGPL|NISTSL|NLPL|Nmap|"
    "Nokia|NOSL|Noweb|OAL|OFL|OFSFDL|OGL|OML|Open Publication|OpenLDAP|OpenPBS|OpenSSL|OReilly|OSL 1.0|"
    "OSL 1.1|OSL 2.0|OSL 2.1|OSL 3.0|Par|Phorum|PHP|PlainTeX|Plexus|PostgreSQL|psfrag|psutils|PTFL|"
    "Public Domain|Public Use|Punknova|Python|Qhull|QPL|radvd|Rdisc|"
    "Redistributable, no modification permitted|REX|RiceBSD|Romio|RPSL|RSA|Rsfs|Ruby|Saxpath|SCEA|SCRIP|"
    "Sendmail|Sequence|SISSL|Sleepycat|SLIB|SNIA|softSurfer|SPL|STIX|STMPL|SWL|TCGL|TCL|Teeworlds|TGPPL|"
    "TGPPL with exceptions|Threeparttable|TMate|Tolua|TORQUEv1.1|TOSL|TPDL|TPL|TTWL|Tumbolia|UCAR|UCD|"
    "Unicode|Unlicense|Utopia|Verbatim|Vim|VNLSL|VOSTROM|VSL|W3C|Wadalab|Webmin|Wsuipa|WTFPL|wxWidgets|"
    "wxWindows|XANO|Xerox|xinetd|xpp|XSkat|YPLv1.1|Zed|Zend|zlib|zlib with acknowledgement|ZPLv1.0|ZPLv2.0|"
    "ZPLv2.1";

std::unordered_set<std::string> references()
{
    std::unordered_set<std::string> all;
    for (std::size_t start = 0; start < names.size();) {
        const std::size_t end = std::min(names.find('|', start), names.size());
        all.insert(license_reference(names.substr(start, end - start)));
        start = end + 1;
    }
    return all;
}

} // namespace

bool is_fedora_license(std::string_view reference)
{
    static const std::unordered_set<std::string> known = references();
    return known.contains(std::string(reference));
}

} // namespace albs::test
